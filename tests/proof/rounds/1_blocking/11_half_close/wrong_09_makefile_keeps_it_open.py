"""Reads through a makefile() that it does not close: when the read raises, that file keeps the connection open behind the with block.

caught by: test_a_reply_that_breaks_off_is_an_error
words: close() on the socket alone ends nothing: the file has to be closed, too.
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        stream = sock.makefile("rb")
        reply = stream.read()
        stream.close()
        return reply
