"""Looks again and again, asleep in between, where the answer cannot wake it.

caught by: test_the_wait_ends_when_it_is_decided
words: sleep() cannot be woken by a socket
breaks: 3
"""

import errno
import select
import socket
import time


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
    end = time.monotonic() + timeout
    while not select.select([], [sock], [], 0)[1]:
        if time.monotonic() >= end:
            return errno.ETIMEDOUT
        time.sleep(0.005)
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
