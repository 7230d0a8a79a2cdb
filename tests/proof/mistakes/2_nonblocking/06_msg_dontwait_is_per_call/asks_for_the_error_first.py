"""Asks SO_ERROR before it looks, and raises it before the bytes that came first.

caught by: test_a_reset_propagates
words: should return b'!'
"""

import os
import socket


def peek_now(sock, n):
    err = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if err:
        raise OSError(err, os.strerror(err))
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
