"""Takes a reset for the end of the stream.

caught by: test_a_reset_propagates
words: the connection had failed, and the caller never finds out
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except ConnectionResetError:
        return b""
