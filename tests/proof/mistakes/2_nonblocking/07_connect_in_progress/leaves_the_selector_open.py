"""Waits in a selector and never closes it: every connection costs a descriptor.

caught by: test_an_established_connection_is_zero
words: epoll 1 is still open
"""

import errno
import selectors
import socket


def start_connect(address):
    sock = socket.socket()
    sock.setblocking(False)
    try:
        sock.connect(address)
    except BlockingIOError:
        pass
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock, timeout):
    selector = selectors.DefaultSelector()
    kept.append(selector)
    selector.register(sock, selectors.EVENT_WRITE)
    if not selector.select(timeout):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


kept = []
