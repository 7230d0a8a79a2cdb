"""Looks for the end before it counts, so n = 0 raises EOFError after the end.

caught by: test_zero_bytes_are_always_there
words: no byte was asked for, and the end of the stream changed the answer
"""

import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    # A finished stream has nothing to give; do not even begin.
    poll = select.poll()
    if sock.fileno() >= 0:
        poll.register(sock, select.POLLIN)
    if sock.fileno() >= 0 and poll.poll(0) and not sock.recv(1, socket.MSG_PEEK):
        raise EOFError("the stream has ended")
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(min(n - len(data), 65536))
        if not piece:
            raise EOFError("the stream has ended")
        data += piece
    return bytes(data)
