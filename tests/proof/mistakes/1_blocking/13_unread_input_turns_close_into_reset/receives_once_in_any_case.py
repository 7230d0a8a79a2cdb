"""Receives before it looks at the limit.

caught by: test_a_limit_of_0_does_not_wait
words: still blocked in sock.recv(
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while True:
            piece = sock.recv(max(1, min(65536, limit - discarded)))
            discarded += len(piece)
            if not piece or discarded >= limit:
                return discarded
