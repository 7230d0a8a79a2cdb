"""Writes to a file object and closes it, as one would end a file; that closes no direction.

caught by: test_the_server_sees_the_end_of_the_request
words: the test still waits for the client to say that its request is complete
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        with sock.makefile("wb") as sending:
            sending.write(request)
        with sock.makefile("rb") as receiving:
            return receiving.read()
