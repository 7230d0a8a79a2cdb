"""Makes the socket non-blocking after the connect, which has waited by then.

caught by: test_starting_does_not_wait
words: still blocked in socket 1.connect(
"""

import errno
import select
import socket


def start_connect(address):
    sock = socket.socket()
    sock.connect(address)
    sock.setblocking(False)
    return sock


def finish_connect(sock, timeout):
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
