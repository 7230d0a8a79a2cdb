"""Asks for limit bytes at once: recv() makes room for all of them, and a limit of a terabyte is a MemoryError.

caught by: test_the_limit_may_be_more_than_memory_holds
words: MemoryError
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit and (piece := sock.recv(limit - discarded)):
            discarded += len(piece)
    return discarded
