"""Reads into two buffers with readv(2), under the number of a duplicate."""

import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data, first, second = b"", bytearray(100), bytearray(4096)
    number = os.dup(sock.fileno())
    try:
        while True:
            try:
                size = os.readv(number, [first, second])
            except BlockingIOError:  # a socket with a timeout: its descriptor never waits by itself
                poller = select.poll()
                poller.register(number, select.POLLIN)
                poller.poll()
                continue
            if not size:
                break
            data += (first + second)[:size]
    except ConnectionResetError:
        return data, "reset"
    finally:
        os.close(number)
    return data, "eof"
