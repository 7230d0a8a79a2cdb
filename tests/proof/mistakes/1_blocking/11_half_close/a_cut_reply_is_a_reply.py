"""Treats a reset like the end and returns what has come so far.

caught by: test_a_reply_that_a_reset_cuts_off_is_an_error
words: a reset cut off the reply, and your code returned it as if it were whole
breaks: 4
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = b""
        try:
            while piece := sock.recv(65536):
                reply += piece
        except ConnectionResetError:
            pass
        return reply
