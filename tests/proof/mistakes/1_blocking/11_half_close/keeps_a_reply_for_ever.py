"""Collects in a default argument: the second reply begins with the first.

caught by: test_each_call_has_its_own_reply
words: your code returned something else than this call's reply
"""

import socket


def ask(address, request, pieces=[]):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        while piece := sock.recv(65536):
            pieces.append(piece)
        return b"".join(pieces)
