"""Protects the reading and not the call before it, which fails after a reset.

caught by: test_a_connection_that_is_broken_already_is_closed
words: the connection was broken, and your code left the socket open
breaks: 6
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    sock.shutdown(socket.SHUT_WR)
    with sock:
        while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
            discarded += len(piece)
    return discarded
