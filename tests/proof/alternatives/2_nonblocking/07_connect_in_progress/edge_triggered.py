"""Waits in epoll, edge-triggered: a socket that is writable already is reported once, too."""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    try:
        sock.setblocking(False)
        code = sock.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    with select.epoll() as epoll:
        epoll.register(sock, select.EPOLLOUT | select.EPOLLET)
        if not epoll.poll(timeout):
            return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
