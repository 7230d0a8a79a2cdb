"""Closes a duplicate of the socket: the connection is open as long as one descriptor of it is.

caught by: test_the_server_sees_the_end_of_the_request
words: the test still waits for the client to say that its request is complete
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        with sock.dup() as sending:
            sending.sendall(request)
        reply = b""
        while piece := sock.recv(65536):
            reply += piece
        return reply
