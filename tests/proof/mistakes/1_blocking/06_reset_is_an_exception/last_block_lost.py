"""Reads whole blocks of 1024 through a buffered file: a reset in the middle of a block takes the begun block
with it.

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    blocks = []
    with sock.makefile("rb") as stream:
        try:
            while block := stream.read(1024):
                blocks.append(block)
        except ConnectionResetError:
            return b"".join(blocks), "reset"
    return b"".join(blocks), "eof"
