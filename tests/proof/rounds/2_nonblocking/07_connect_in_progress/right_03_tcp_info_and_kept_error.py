"""Reads the state from TCP_INFO, and keeps an error that is known at once for finish_connect()."""

import errno
import select
import socket
import weakref

_SYN_SENT, _SYN_RECV, _CLOSE = 2, 3, 7  # <netinet/tcp.h>
_failed: weakref.WeakKeyDictionary[socket.socket, int] = weakref.WeakKeyDictionary()


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        code = sock.connect_ex(address)
    except BaseException:
        sock.close()
        raise
    if code not in (0, errno.EINPROGRESS):
        _failed[sock] = code
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if sock in _failed:
        return _failed[sock]
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    poller.poll(timeout * 1000)
    state = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    if state in (_SYN_SENT, _SYN_RECV):
        return errno.ETIMEDOUT
    if state == _CLOSE:
        return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or errno.ECONNABORTED
    return 0
