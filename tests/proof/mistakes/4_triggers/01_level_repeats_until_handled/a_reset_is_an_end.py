"""Writes an end into the list when the connection was reset.

caught by: test_a_broken_connection_is_not_the_end
words: the connection broke, and your code took that for the end
"""

import select


def drain_level(sock, size):
    pieces = []
    while True:
        select.select([sock], [], [])
        try:
            pieces.append(sock.recv(size))
        except OSError:
            pieces.append(b"")
        if not pieces[-1]:
            return pieces
