"""Catches every OSError: a dead connection looks like a silent one.

caught by: test_a_reset_propagates
words: the connection had failed, and the caller never finds out
breaks: 4
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return None
