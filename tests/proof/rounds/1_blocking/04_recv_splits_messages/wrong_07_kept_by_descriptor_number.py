"""After an OSError it keeps what has come under the descriptor's number, and a later socket gets it.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: Your code returned bytes of another connection, whose descriptor had this number
"""

import socket

kept: dict[int, bytearray] = {}


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    number = sock.fileno()
    received = kept.pop(number, bytearray())
    rest = received[n:]
    del received[n:]
    try:
        while len(received) < n:
            piece = sock.recv(min(n - len(received), 65536))
            if not piece:
                raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
            received += piece
    except OSError:
        if received:
            kept[number] = received
        raise
    if rest:
        kept[number] = rest
    return bytes(received)
