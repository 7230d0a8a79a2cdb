"""Peeks first, with recvmsg() and MSG_PEEK, and then takes exactly as many bytes as it has seen."""

import errno
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        seen, _, _, _ = sock.recvmsg(n, 0, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
            return None
        raise
    if not seen:
        return b""
    return sock.recv(len(seen), socket.MSG_DONTWAIT)
