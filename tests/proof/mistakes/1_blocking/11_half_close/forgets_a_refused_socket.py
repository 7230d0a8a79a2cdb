"""Closes the socket after the reply and after a reset, but not when connect() fails.

caught by: test_a_refused_connection_leaves_no_socket_open
words: socket 1 was never closed
breaks: 5
"""

import socket


def ask(address, request):
    sock = socket.socket()
    sock.connect(address)
    with sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as receiving:
            return receiving.read()
