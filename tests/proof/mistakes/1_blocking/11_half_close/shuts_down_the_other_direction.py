"""Ends the direction in which it receives: SHUT_RD tells the server nothing, and recv() returns the end.

caught by: test_the_server_sees_the_end_of_the_request
words: your code did not return what the server replied
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_RD)
        with sock.makefile("rb") as receiving:
            return receiving.read()
