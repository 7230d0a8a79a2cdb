"""Ends its direction only after a request that has bytes; an empty request is never ended, and the server waits for ever.

caught by: test_an_empty_request_has_an_end_too
words: still blocked in socket 1.recv(65536)
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        if request:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)
