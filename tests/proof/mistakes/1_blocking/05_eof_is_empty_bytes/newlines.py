"""Reads through a text file: latin-1 keeps each byte, but CR LF and a lone CR come back as LF.

caught by: test_bytes_that_are_no_text_come_through
words: your code changed bytes that are no text
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    with sock.makefile("r", encoding="latin-1") as stream:
        return stream.read().encode("latin-1")
