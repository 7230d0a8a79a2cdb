"""Counts how often it received instead of how much.

caught by: test_a_peer_that_has_ended_already
words: three bytes came before the end, and your code did not return that number
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            piece = sock.recv(min(65536, limit - discarded))
            if not piece:
                break
            discarded += 1
    return discarded
