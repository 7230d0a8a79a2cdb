"""Raises ConnectionError if the server ends its direction without having sent a byte.

caught by: test_an_empty_reply_is_empty_bytes
words: your code raised ConnectionError: the server did not answer
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        if not reply:
            raise ConnectionError("the server did not answer")
        return bytes(reply)
