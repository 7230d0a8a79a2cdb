"""Takes a piece shorter than the buffer for the last one.

caught by: test_a_long_reply_arrives_whole
words: your code did not return the whole reply
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = b""
        while True:
            piece = sock.recv(1 << 18)
            reply += piece
            if len(piece) < 1 << 18:
                return reply
