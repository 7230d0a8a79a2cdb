"""Waits for ever in a read of a file object on a socket's number, which no function of Python's makes.

verdict: hung
words: still blocked in read() on a socket, fd
"""

import socket


def accept_pending(listener):
    one, _other = socket.socketpair()
    with open(one.fileno(), "rb", buffering=0, closefd=False) as file:
        return file.read(1)
