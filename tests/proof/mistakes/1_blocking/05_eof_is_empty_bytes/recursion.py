"""One level of recursion for each piece: a stream of a thousand pieces ends in RecursionError.

caught by: test_a_stream_in_a_thousand_pieces_comes_whole
words: RecursionError
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    piece = sock.recv(65536)
    if not piece:
        return b""
    return piece + recv_all(sock)
