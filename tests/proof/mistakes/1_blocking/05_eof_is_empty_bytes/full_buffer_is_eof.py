"""Grows its buffer one step too late: when a mebibyte is exactly full, recv_into gets no room, returns 0, and
that counts as the end.

caught by: test_a_long_stream_comes_whole
words: your code returned another stream than the peer sent
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    buffer = bytearray(1 << 20)
    used = 0
    while True:
        if used > len(buffer):
            buffer.extend(bytes(len(buffer)))
        with memoryview(buffer) as view:
            count = sock.recv_into(view[used:])
        if count == 0:
            return bytes(buffer[:used])
        used += count
