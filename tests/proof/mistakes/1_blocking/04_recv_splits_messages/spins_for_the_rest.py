"""Sleeps for the first piece, then asks again and again without sleeping while the rest is missing.

caught by: test_a_message_in_pieces_comes_back_whole
words: a busy loop
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    data = bytearray()
    flags = 0
    while len(data) < n:
        try:
            piece = sock.recv(min(n - len(data), 65536), flags)
        except BlockingIOError:
            continue  # the rest is on its way
        if not piece:
            raise EOFError(f"stream ended after {len(data)} of {n} bytes")
        data += piece
        flags = socket.MSG_DONTWAIT
    return bytes(data)
