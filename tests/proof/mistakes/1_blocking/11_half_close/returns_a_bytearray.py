"""Collects in a bytearray and returns it as it is.

caught by: test_an_empty_reply_is_empty_bytes
words: (bytearray(b''), bytearray)
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while piece := sock.recv(65536):
            reply += piece
        return reply
