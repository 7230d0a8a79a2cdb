"""Closes the socket to say that the request is complete, and then wants to read from it.

caught by: test_the_server_sees_the_end_of_the_request
words: EBADF
"""

import socket


def ask(address, request):
    sock = socket.create_connection(address)
    sock.sendall(request)
    sock.close()
    reply = b""
    while piece := sock.recv(65536):
        reply += piece
    return reply
