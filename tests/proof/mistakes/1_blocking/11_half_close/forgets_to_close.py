"""Has the whole reply and leaves the socket to the garbage collector.

caught by: test_the_server_sees_the_end_of_the_request
words: socket 1 was never closed
"""

import socket


def ask(address, request):
    sock = socket.create_connection(address)
    sock.sendall(request)
    sock.shutdown(socket.SHUT_WR)
    reply = b""
    while piece := sock.recv(65536):
        reply += piece
    return reply
