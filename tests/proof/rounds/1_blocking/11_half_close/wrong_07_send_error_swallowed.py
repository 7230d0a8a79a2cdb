"""Ignores a connection that breaks while it sends, and returns what there is to read: after the error has been taken, that ends quietly.

caught by: test_a_request_that_breaks_off_is_an_error
words: send() failed with ECONNRESET in the middle of the request, and the caller never finds out
"""

import contextlib
import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            sock.sendall(request)
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)
