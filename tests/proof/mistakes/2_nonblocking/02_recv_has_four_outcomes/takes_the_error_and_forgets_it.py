"""Asks for the pending error, which clears it, and then takes the reset for the end.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""

import socket


def try_recv(sock, n):
    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        return b""
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
