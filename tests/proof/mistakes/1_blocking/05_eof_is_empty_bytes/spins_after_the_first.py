"""Sleeps for the first piece, then asks again and again without sleeping until the end.

caught by: test_a_short_read_is_not_the_end
words: a busy loop
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    data = bytearray()
    flags = 0
    while True:
        try:
            piece = sock.recv(65536, flags)
        except BlockingIOError:
            continue
        if not piece:
            return bytes(data)
        data += piece
        flags = socket.MSG_DONTWAIT  # drain what is queued
