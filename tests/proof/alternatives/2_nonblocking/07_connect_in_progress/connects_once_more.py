"""Asks by connecting once more: the second connect tells how the first has gone."""

import errno
import select
import socket
import weakref

addresses: weakref.WeakKeyDictionary[socket.socket, tuple[str, int]] = weakref.WeakKeyDictionary()


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    sock.setblocking(False)
    code = sock.connect_ex(address)
    if code not in (0, errno.EINPROGRESS):
        sock.close()
        raise OSError(code, "connect")
    addresses[sock] = address
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    select.select([], [sock], [], timeout)
    code = sock.connect_ex(addresses[sock])
    if code == errno.EALREADY:
        return errno.ETIMEDOUT
    return 0 if code == errno.EISCONN else code
