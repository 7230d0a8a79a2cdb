"""Stops when more than the limit has come, and waits for that when exactly so much has come.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: still blocked in sock.recv(1, MSG_PEEK)
breaks: 3
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while limit and sock.recv(1, socket.MSG_PEEK) and discarded < limit:
            discarded += len(sock.recv(min(65536, limit - discarded)))
    return discarded
