"""Throws away what is there before it says its own end, and the peer hears of that later.

caught by: test_it_says_its_own_end_before_it_reads_or_waits
words: your code read or waited before it told the peer that nothing more will come
breaks: 1
"""

import contextlib
import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        with contextlib.suppress(BlockingIOError):
            while discarded < limit:
                piece = sock.recv(min(65536, limit - discarded), socket.MSG_DONTWAIT)
                discarded += len(piece)
                if not piece:
                    break
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
            discarded += len(piece)
    return discarded
