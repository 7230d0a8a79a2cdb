"""Makes all sockets that it has started blocking when one is connected.

caught by: test_the_socket_stays_the_callers
words: your code changed the mode of another socket of the caller's, or closed it
breaks: 5
"""

import errno
import os
import select
import socket

started: list[socket.socket] = []


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
    started.append(sock)
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    for other in started:
        if other is not sock and other.fileno() >= 0:
            other.setblocking(True)
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
