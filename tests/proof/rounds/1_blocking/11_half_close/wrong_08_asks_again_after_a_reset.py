"""Asks a second time if the connection is reset, instead of raising the error.

caught by: test_a_reply_that_breaks_off_is_an_error
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    try:
        return _ask(address, request)
    except ConnectionResetError:
        return _ask(address, request)  # the server was restarted: once more


def _ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
