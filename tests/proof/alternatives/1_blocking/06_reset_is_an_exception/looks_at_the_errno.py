"""Catches OSError and tells the errno itself."""

import errno
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    buffer = bytearray(8192)
    data = bytearray()
    while True:
        try:
            size = sock.recv_into(buffer)
        except OSError as error:
            if error.errno != errno.ECONNRESET:
                raise
            return bytes(data), "reset"
        if size == 0:
            return bytes(data), "eof"
        data += buffer[:size]
