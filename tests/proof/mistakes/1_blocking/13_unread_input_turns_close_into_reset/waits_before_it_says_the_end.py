"""Waits for the peer's end without having said its own.

caught by: test_it_says_its_own_end_before_it_reads_or_waits
words: nobody has told it that nothing more will come
breaks: 1
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
            discarded += len(piece)
        sock.shutdown(socket.SHUT_WR)
    return discarded
