"""Sleeps for the first byte with MSG_PEEK and believes a reset would be told again: it is gone, and the answer
is "eof".

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""

import contextlib
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    with contextlib.suppress(ConnectionResetError):
        sock.recv(1, socket.MSG_PEEK)  # wait until something is there
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
