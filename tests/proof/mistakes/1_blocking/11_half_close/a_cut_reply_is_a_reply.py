"""Treats a reset like the end and returns what has come so far.

caught by: test_a_reply_that_breaks_off_is_an_error
words: recv() failed with ECONNRESET in the middle of the reply
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
