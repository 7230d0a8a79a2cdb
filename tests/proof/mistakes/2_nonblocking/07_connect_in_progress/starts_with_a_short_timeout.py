"""Starts with a timeout instead of without waiting: the start waits it out.

caught by: test_starting_does_not_wait
words: starting a connection is not waiting for it
"""

import errno
import select
import socket


def start_connect(address):
    sock = socket.socket()
    sock.settimeout(0.01)
    sock.connect_ex(address)
    sock.setblocking(False)
    return sock


def finish_connect(sock, timeout):
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
