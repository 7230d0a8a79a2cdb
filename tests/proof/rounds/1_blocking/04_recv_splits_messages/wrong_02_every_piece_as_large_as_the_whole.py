"""Asks for n bytes again after a part, and throws away what was too much.

caught by: test_the_last_piece_is_not_taken_too_large
words: your code took bytes of the next message out of the kernel
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(min(n, 65536))
        if not piece:
            raise EOFError("the stream has ended")
        data += piece
    return bytes(data[:n])
