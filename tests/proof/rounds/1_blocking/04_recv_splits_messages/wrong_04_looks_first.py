"""It looks with MSG_PEEK for the end before it counts, so for n = 0 it waits for a silent peer.

caught by: test_zero_bytes_are_always_there
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    received = bytearray()
    if not sock.recv(1, socket.MSG_PEEK):
        raise EOFError("the stream has ended")
    while len(received) < n:
        piece = sock.recv(min(n - len(received), 65536))
        if not piece:
            raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
        received += piece
    return bytes(received)
