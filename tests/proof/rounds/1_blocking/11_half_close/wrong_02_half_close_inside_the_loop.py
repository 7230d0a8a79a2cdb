"""Ends the request inside the sending loop, which an empty request never enters.

caught by: test_an_empty_request_has_an_end_too
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        rest = memoryview(request)
        while rest:
            rest = rest[sock.send(rest) :]
            if not rest:
                sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
