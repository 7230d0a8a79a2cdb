"""Tries os.readv() into two buffers first, and sleeps in epoll, without limit, only when that would block."""

import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    descriptor = sock.fileno()
    first, second = bytearray(4096), bytearray(61440)
    data = bytearray()
    with select.epoll() as epoll:
        epoll.register(descriptor, select.EPOLLIN)
        while True:
            try:
                count = os.readv(descriptor, [first, second])
            except BlockingIOError:
                epoll.poll()
                continue
            except ConnectionResetError:
                return bytes(data), "reset"
            if count == 0:
                return bytes(data), "eof"
            data += memoryview(first)[:count]
            data += memoryview(second)[: max(0, count - len(first))]
