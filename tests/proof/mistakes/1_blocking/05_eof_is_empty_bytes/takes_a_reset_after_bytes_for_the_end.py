"""Lets a reset out before the first byte, and takes one after some bytes for the end.

caught by: test_an_error_at_any_read_propagates
words: your code returned b'half of it'
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    data = b""
    while True:
        try:
            piece = sock.recv(4096)
        except ConnectionResetError:
            if data:
                return data
            raise
        if not piece:
            return data
        data += piece
