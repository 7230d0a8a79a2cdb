"""Does all that comes before the close, and not the close.

caught by: test_a_peer_that_has_ended_already
words: the peer had ended, and your code left the socket open
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    sock.shutdown(socket.SHUT_WR)
    while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
        discarded += len(piece)
    return discarded
