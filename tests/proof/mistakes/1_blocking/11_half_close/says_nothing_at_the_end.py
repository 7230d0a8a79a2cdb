"""Sends the request and waits for the reply: the server waits for the rest of the request.

caught by: test_the_server_sees_the_end_of_the_request
words: the test still waits for the client to say that its request is complete
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        reply = b""
        while piece := sock.recv(65536):
            reply += piece
        return reply
