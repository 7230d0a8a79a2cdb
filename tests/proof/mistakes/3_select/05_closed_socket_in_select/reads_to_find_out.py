"""Reads a byte: no byte means closed, and a byte that is there is lost.

caught by: test_nothing_is_read
words: your code read bytes that had come for the caller: to look is not to read
"""

import os
import socket


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        (usable if alive(one) else closed).append(one)
    return usable, closed


def alive(one):
    try:
        if isinstance(one, int):
            os.fstat(one)
            return True
        return one.recv(1, socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
