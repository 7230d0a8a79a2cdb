"""Reads into a buffer, and arms for one edge and for the peer's FIN."""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    buffer = bytearray(16384)
    size = sock.recv_into(buffer)
    if size == 0:
        return b""
    epoll.modify(sock, select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLET | select.EPOLLONESHOT)
    return bytes(memoryview(buffer)[:size])
