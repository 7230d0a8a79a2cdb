"""Ignores errors while it sends, because the reply is what counts: a server that breaks off then has a reply too.

caught by: test_a_request_that_breaks_off_is_an_error
words: send() failed with ECONNRESET in the middle of the request, and the caller never finds out
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        try:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server did not want all of it; it may have answered
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
