"""Closes when the peer has ended, and forgets it when the limit is reached.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: the limit was reached, and your code left the socket open
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            piece = sock.recv(min(65536, limit - discarded))
            if not piece:
                sock.close()
                break
            discarded += len(piece)
    except OSError:
        sock.close()
    return discarded
