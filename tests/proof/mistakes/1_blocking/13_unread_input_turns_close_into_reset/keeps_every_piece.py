"""Collects all pieces, only to count them in the end.

caught by: test_the_limit_may_be_more_than_memory_holds
words: your code kept them all
breaks: 3
"""

import socket


def lingering_close(sock, limit):
    thrown = bytearray()
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while len(thrown) < limit and (piece := sock.recv(min(65536, limit - len(thrown)))):
            thrown += piece
    return len(thrown)
