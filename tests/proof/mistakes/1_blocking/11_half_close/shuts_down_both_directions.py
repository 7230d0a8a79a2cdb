"""Ends both directions: its own recv() returns the end at once.

caught by: test_the_server_sees_the_end_of_the_request
words: your code did not return what the server replied
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_RDWR)
        reply = b""
        while piece := sock.recv(65536):
            reply += piece
        return reply
