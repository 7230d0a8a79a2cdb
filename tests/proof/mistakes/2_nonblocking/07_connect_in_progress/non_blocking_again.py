"""Sets the socket to non-blocking when it is done, as start_connect() made it.

caught by: test_the_socket_stays_the_callers
words: your finish_connect() changed the mode of the caller's socket
breaks: 5
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
    sock.setblocking(False)
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
