"""Throws away more than the limit and reports the limit.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: your code took another number from the socket
breaks: 3
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            piece = sock.recv(65536)
            if not piece:
                break
            discarded += len(piece)
    return min(discarded, limit)
