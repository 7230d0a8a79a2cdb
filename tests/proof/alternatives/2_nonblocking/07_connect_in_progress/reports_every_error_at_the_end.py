"""Keeps an error that is known at once in the socket object, and reports it at the end."""

import errno
import math
import select
import socket


class Connecting(socket.socket):
    known = 0


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = Connecting()
    sock.setblocking(False)
    code = sock.connect_ex(address)
    if code != errno.EINPROGRESS:
        sock.known = code
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if isinstance(sock, Connecting) and sock.known:
        return sock.known
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    if not poll.poll(math.ceil(timeout * 1000)):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
