"""Os.read on the raw descriptor, poll() for the caller's timeout, match on the errno."""

import errno
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    while True:
        patience = sock.gettimeout()
        if patience and not poller.poll(patience * 1000):
            raise TimeoutError("timed out")
        try:
            piece = os.read(sock.fileno(), 8192)
        except OSError as error:
            match error.errno:
                case errno.ECONNRESET:
                    return bytes(data), "reset"
                case errno.EAGAIN if patience:
                    continue  # poll() was wrong: wait again
            raise
        if not piece:
            return bytes(data), "eof"
        data += piece
