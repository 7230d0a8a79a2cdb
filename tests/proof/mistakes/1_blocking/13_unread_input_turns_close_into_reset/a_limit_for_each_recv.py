"""Applies the limit to each piece by itself.

caught by: test_the_limit_counts_all_pieces_together
words: the limit was 10 bytes for all pieces together
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            piece = sock.recv(limit)
            if not piece:
                break
            discarded += len(piece)
    return discarded
