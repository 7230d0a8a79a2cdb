"""Ends its direction before it sends the request.

caught by: test_the_server_sees_the_end_of_the_request
words: EPIPE
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.shutdown(socket.SHUT_WR)
        sock.sendall(request)
        with sock.makefile("rb") as receiving:
            return receiving.read()
