"""Remembers that the time was over once, and looks no more.

caught by: test_undecided_is_etimedout
words: your finish_connect() gave up before the timeout was over
breaks: 4
"""

import errno
import os
import select
import socket
import weakref

late: weakref.WeakSet[socket.socket] = weakref.WeakSet()


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
    if sock in late:
        return errno.ETIMEDOUT
    if not select.select([], [sock], [], timeout)[1]:
        late.add(sock)
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
