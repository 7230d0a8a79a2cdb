"""Waits for the peer's end for five seconds, and closes.

caught by: test_a_silent_peer_is_waited_for
words: the peer was silent for a minute, and your code did not wait for its end
breaks: 2
"""

import contextlib
import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(5)
        with contextlib.suppress(TimeoutError):
            while discarded < limit and (piece := sock.recv(min(4096, limit - discarded))):
                discarded += len(piece)
    return discarded
