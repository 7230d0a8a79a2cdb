"""Reads into a buffer of its own, and arms when there was something."""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    buffer = bytearray(16384)
    size = sock.recv_into(buffer)
    if size == 0:
        return b""
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return bytes(memoryview(buffer)[:size])
