"""Returns ECONNREFUSED for every connection that failed.

caught by: test_a_refused_connection_is_its_errno
words: the host was unreachable, and your finish_connect() returned another errno
breaks: 4
"""

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
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return errno.ECONNREFUSED if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) else 0
