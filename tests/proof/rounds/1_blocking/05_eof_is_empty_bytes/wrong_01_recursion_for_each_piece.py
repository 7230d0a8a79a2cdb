"""Calls itself once for each piece, and so fails after about a thousand pieces.

caught by: test_a_stream_in_a_thousand_pieces_comes_whole
words: your code raised RecursionError: maximum recursion depth exceeded while calling a Python o
"""

import os
import socket


def _rest(sock: socket.socket) -> bytes:
    piece = sock.recv(65536)
    if not piece:
        return b""
    return piece + _rest(sock)


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    try:
        sock.settimeout(None)
        return _rest(sock)
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
