"""Skips an empty request altogether, its end included.

caught by: test_an_empty_request_has_an_end_too
words: the test still waits for the client to say that its request is complete
breaks: 2
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        if request:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as receiving:
            return receiving.read()
