"""Takes a piece that is nothing but white space for the end.

caught by: test_a_stream_in_a_thousand_pieces_comes_whole
words: the stream came in a thousand pieces, and was not put together
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    try:
        sock.settimeout(None)
        while True:
            piece = sock.recv(65536)
            data += piece
            if not piece.strip():
                return bytes(data)
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
