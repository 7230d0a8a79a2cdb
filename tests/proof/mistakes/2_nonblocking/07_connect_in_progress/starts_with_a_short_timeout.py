"""Starts with a short timeout, and so waits for it before it returns.

caught by: test_starting_does_not_wait
words: your start_connect() waited for an answer, and should only start the connection
breaks: 1
"""

import errno
import select
import socket


class Connecting(socket.socket):
    known = 0


def start_connect(address):
    sock = Connecting()
    sock.settimeout(0.01)
    code = sock.connect_ex(address)
    if code != errno.EAGAIN:  # which is how it says that the time is over
        sock.known = code
    sock.setblocking(False)
    return sock


def finish_connect(sock, timeout):
    if sock.known:
        return sock.known
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
