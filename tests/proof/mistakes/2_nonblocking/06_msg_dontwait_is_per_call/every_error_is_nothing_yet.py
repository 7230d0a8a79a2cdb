"""Catches every OSError: a dead connection looks like a silent one.

caught by: test_a_reset_propagates
words: connection that was reset must not look like one on which nothing has arrived
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return None
