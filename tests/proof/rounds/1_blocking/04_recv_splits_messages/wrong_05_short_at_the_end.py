"""It raises EOFError only if nothing came before the end, and returns fewer than n bytes otherwise.

caught by: test_an_end_in_the_middle_is_an_error
words: The stream ended in the middle of the message, and your code did not say so
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    received = bytearray()
    while len(received) < n:
        piece = sock.recv(min(n - len(received), 65536))
        if not piece and received:
            break
        if not piece:
            raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
        received += piece
    return bytes(received)
