"""Removes the entry and makes a new one instead of changing it."""

import os
import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    data = os.read(sock.fileno(), 8192)
    epoll.unregister(sock)
    epoll.register(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
