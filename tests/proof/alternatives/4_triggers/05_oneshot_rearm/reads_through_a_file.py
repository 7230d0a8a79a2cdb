"""Reads through a raw file object, and arms on every way out."""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    try:
        with sock.makefile("rb", buffering=0) as stream:
            data: bytes = stream.read(5000)
            return data
    finally:
        epoll.modify(sock.fileno(), select.EPOLLIN | select.EPOLLONESHOT)
