"""Closes the socket on every way out, but not the file made from it, which holds the connection after an error.

caught by: test_a_reply_that_breaks_off_is_an_error
words: close() on the socket alone ends nothing: the file has to be closed, too
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        file = sock.makefile("rb")
        reply = file.read()
        file.close()
        return reply
