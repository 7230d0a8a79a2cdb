"""Has the kernel fill a buffer, and returns what is in it."""

import errno
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        size = sock.recv_into(buffer, n, socket.MSG_DONTWAIT | socket.MSG_PEEK)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
            return None
        raise
    return bytes(memoryview(buffer)[:size])
