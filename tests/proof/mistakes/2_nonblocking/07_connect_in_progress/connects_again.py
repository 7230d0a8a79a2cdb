"""Asks by connecting once more, and takes EALREADY for the outcome.

caught by: test_undecided_is_etimedout
words: nothing had answered yet, and your finish_connect() did not return ETIMEDOUT
"""

import select
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
    addresses[sock] = address
    return sock


addresses = {}


def finish_connect(sock, timeout):
    select.select([], [sock], [], timeout)
    return sock.connect_ex(addresses[sock])
