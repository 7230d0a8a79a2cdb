"""Returns 0 at once for a socket that the caller has made blocking.

caught by: test_the_socket_stays_the_callers
words: and your finish_connect() did not return ECONNREFUSED
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
    if sock.gettimeout() is None:
        return 0
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
