"""Empties the queue without waiting and closes: what comes next is answered with a reset.

caught by: test_what_comes_later_is_thrown_away_too
words: the queue was empty, and your code took that for the peer's end
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        sock.setblocking(False)
        try:
            while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
                discarded += len(piece)
        except BlockingIOError:
            pass
    return discarded
