"""Receives in large pieces and notices the limit only afterwards.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: your code took another number from the socket
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
    return discarded
