"""Reads with one read() of a file, which throws away the bytes that came before a reset.

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""

import os
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = b""
    how = "eof"
    try:
        sock.settimeout(None)
        with sock.makefile("rb") as file:
            data = file.read()
    except ConnectionResetError:
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return data, how
