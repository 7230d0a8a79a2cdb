"""Connects before the try begins, so the socket stays open if nobody listens.

caught by: test_a_refused_connection_leaves_no_socket_open
words: Whoever opens or starts something also closes or ends it, on every way out
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    error: OSError | None = None
    for family, kind, proto, _, to in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, proto)
        sock.settimeout(None)
        try:
            sock.connect(to)
        except OSError as failure:
            error = failure
            continue
        try:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            reply = bytearray()
            while data := sock.recv(65536):
                reply += data
            return bytes(reply)
        finally:
            sock.close()
    assert error is not None
    raise error
