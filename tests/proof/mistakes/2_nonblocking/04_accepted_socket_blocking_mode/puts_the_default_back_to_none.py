"""Puts the default timeout back to None, where it was 20.

caught by: test_the_default_timeout_makes_no_difference
words: your code changed the default timeout of the whole process
"""

import socket


def accept_nonblocking(listener):
    socket.setdefaulttimeout(0)
    try:
        return listener.accept()
    finally:
        socket.setdefaulttimeout(None)
