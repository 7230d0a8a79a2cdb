"""Keeps a block only when another one has come behind it: the last one is lost.

caught by: test_the_server_sees_the_end_of_the_request
words: your code did not return what the server replied
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        pieces = []
        piece = sock.recv(65536)
        while piece:
            later = sock.recv(65536)
            if later:
                pieces.append(piece)
            piece = later
        return b"".join(pieces)
