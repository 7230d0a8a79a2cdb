"""Sleeps in epoll and then asks for the result by a second connect(), for which it keeps the address."""

import contextlib
import errno
import select
import socket
import weakref

_addresses: weakref.WeakKeyDictionary[socket.socket, tuple[str, int]] = weakref.WeakKeyDictionary()


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        with contextlib.suppress(BlockingIOError):
            sock.connect(address)
        _addresses[sock] = address
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    with select.epoll(1) as epoll:
        epoll.register(sock, select.EPOLLOUT)
        if not epoll.poll(timeout, 1):
            return errno.ETIMEDOUT
    code = sock.connect_ex(_addresses[sock])  # it is decided, so this cannot wait
    return 0 if code == errno.EISCONN else code
