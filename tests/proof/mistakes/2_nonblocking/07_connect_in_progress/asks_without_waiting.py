"""Reads SO_ERROR at once: while the connection is undecided it is 0.

caught by: test_undecided_is_etimedout
words: nothing had answered yet, and your finish_connect() did not return ETIMEDOUT
"""

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
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
