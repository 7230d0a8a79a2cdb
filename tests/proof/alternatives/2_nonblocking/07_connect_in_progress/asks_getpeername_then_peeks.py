"""Asks for the peer's name; if there is none, a look at the input raises the reason."""

import errno
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    sock.setblocking(False)
    try:
        sock.connect(address)
    except OSError as error:
        if error.errno != errno.EINPROGRESS:
            sock.close()
            raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    try:
        sock.getpeername()
        return 0
    except OSError as unconnected:
        try:
            sock.recv(1, socket.MSG_PEEK)
        except OSError as reason:
            return reason.errno or errno.EIO
        return unconnected.errno or errno.EIO
