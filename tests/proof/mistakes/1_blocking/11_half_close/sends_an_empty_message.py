"""Takes send(b"") for a way to say the end: it sends nothing.

caught by: test_the_server_sees_the_end_of_the_request
words: the test still waits for the client to say that its request is complete
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.send(b"")
        with sock.makefile("rb") as receiving:
            return receiving.read()
