"""Lets only a reset propagate and takes every other error for nothing yet.

caught by: test_a_socket_without_a_peer_is_an_error
words: the socket was never connected, and the caller never finds out
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except ConnectionResetError:
        raise
    except OSError:
        return None
