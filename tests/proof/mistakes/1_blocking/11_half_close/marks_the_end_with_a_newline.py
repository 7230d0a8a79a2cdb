"""Sends a newline to say that the request is complete: to this server that is one more byte of it.

caught by: test_an_empty_request_has_an_end_too
words: the request was empty, and your code sent something
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request + b"\n")
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as receiving:
            return receiving.read()
