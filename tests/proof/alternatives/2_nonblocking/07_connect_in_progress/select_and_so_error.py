"""Makes the socket non-blocking from its birth, catches BlockingIOError and waits in select."""

import contextlib
import errno
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    with contextlib.ExitStack() as stack:
        sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
        with contextlib.suppress(BlockingIOError):
            sock.connect(address)
        stack.pop_all()
        return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    _, writable, failed = select.select([], [sock], [sock], timeout)
    if not writable and not failed:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
