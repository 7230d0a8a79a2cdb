"""Waits without a limit for the first piece, but with the socket's timeout for the others.

caught by: test_the_sockets_timeout_limits_each_wait_or_none
words: the socket's timeout limited some of the waits, and others not
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    try:
        sock.settimeout(None)
        piece = sock.recv(65536)
        sock.settimeout(timeout)
        while piece:
            data += piece
            piece = sock.recv(65536)
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data)
