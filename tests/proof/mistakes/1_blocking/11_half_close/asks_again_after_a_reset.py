"""Connects and asks once more when the connection was reset.

caught by: test_a_reply_that_breaks_off_is_an_error
words: the connection broke, and your code connected once more
breaks: 4
"""

import socket


def once(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = b""
        while piece := sock.recv(65536):
            reply += piece
        return reply


def ask(address, request):
    try:
        return once(address, request)
    except (ConnectionResetError, BrokenPipeError):
        return once(address, request)
