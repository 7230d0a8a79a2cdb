"""Reads a text file in latin-1, which keeps all bytes but turns CR and CR LF into LF.

caught by: test_bytes_that_are_no_text_come_through
words: your code changed bytes that are no text
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    try:
        sock.settimeout(None)
        with sock.makefile("r", encoding="latin-1") as file:
            return file.read().encode("latin-1")
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
