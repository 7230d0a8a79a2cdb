"""Puts the default timeout back to None, where it was 20.

caught by: test_so_it_is_whatever_the_default_timeout
words: default timeout is the whole process's, and stays as it was
"""

import socket


def accept_nonblocking(listener):
    socket.setdefaulttimeout(0)
    try:
        return listener.accept()
    finally:
        socket.setdefaulttimeout(None)
