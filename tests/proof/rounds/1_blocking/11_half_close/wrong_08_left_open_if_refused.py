"""Connects before the with block begins, and so leaves the socket open if nobody listens (as long as the caller holds the exception).

caught by: test_a_refused_connection_leaves_no_socket_open
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect(address)
    with sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)
