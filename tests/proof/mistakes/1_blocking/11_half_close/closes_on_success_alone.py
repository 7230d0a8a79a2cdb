"""Closes the socket only when the whole reply has come.

caught by: test_a_reply_that_breaks_off_is_an_error
words: is still open
"""

import socket


def ask(address, request):
    sock = socket.create_connection(address)
    sock.sendall(request)
    sock.shutdown(socket.SHUT_WR)
    reply = b""
    while piece := sock.recv(65536):
        reply += piece
    sock.close()
    return reply
