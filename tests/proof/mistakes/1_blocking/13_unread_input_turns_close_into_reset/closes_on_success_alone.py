"""Closes only when nothing was raised on the way.

caught by: test_a_connection_that_breaks_meanwhile_is_closed
words: recv() failed with ECONNRESET, and your code left the socket open
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    try:
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        sock.close()
        return 0
    while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
        discarded += len(piece)
    sock.close()
    return discarded
