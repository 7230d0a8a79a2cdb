"""Remembers which addresses refused, and does not try them again.

caught by: test_each_connection_has_its_own_outcome
words: an address had refused once, and your finish_connect() did not return 0 when it accepted
breaks: 4
"""

import errno
import os
import select
import socket
import weakref

addresses: weakref.WeakKeyDictionary[socket.socket, tuple[str, int]] = weakref.WeakKeyDictionary()
refused: dict[tuple[str, int], int] = {}


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    addresses[sock] = address
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
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return refused.setdefault(addresses[sock], code) if code or addresses[sock] in refused else 0
