"""Asks for a read that does not wait, and looks at the errno of what it raises."""

import errno
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, socket.MSG_DONTWAIT)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
            raise
    return None
