"""Waits in epoll, whose timeout is in seconds as well."""

import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    with select.epoll() as epoll:
        epoll.register(sock.fileno(), select.EPOLLIN)
        return sock.recv(n) if epoll.poll(seconds, 1) else None
