"""It calls itself for what is missing after each piece, so a thousand pieces end in a RecursionError.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: your code raised RecursionError
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    if n == 0:
        return b""
    piece = sock.recv(n)
    if not piece:
        raise EOFError(f"the stream ends, {n} bytes are missing")
    return piece + recv_exactly(sock, n - len(piece))
