"""Reads until n bytes are there, and loses the first ones if a later read raises.

caught by: test_a_broken_connection_is_an_error
words: your code raised ConnectionResetError ECONNRESET: Connection reset by peer
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    data = bytearray()
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except BlockingIOError:
            if not data:
                return None
            break
        if not piece:
            break
        data += piece
    return bytes(data)
