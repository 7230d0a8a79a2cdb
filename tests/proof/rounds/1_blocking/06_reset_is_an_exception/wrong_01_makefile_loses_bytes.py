"""Reads with makefile().read(), which throws away what it has gathered when a reset raises, and returns no bytes then.

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    with sock.makefile("rb") as stream:
        try:
            return stream.read(), "eof"
        except ConnectionResetError:
            return b"", "reset"
