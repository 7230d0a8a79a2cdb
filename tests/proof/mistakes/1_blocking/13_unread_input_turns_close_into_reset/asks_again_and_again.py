"""Waits for the peer's end in a loop that never sleeps.

caught by: test_what_comes_later_is_thrown_away_too
words: a busy loop
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        sock.setblocking(False)
        while discarded < limit:
            try:
                piece = sock.recv(min(65536, limit - discarded))
            except BlockingIOError:
                continue
            if not piece:
                break
            discarded += len(piece)
    return discarded
