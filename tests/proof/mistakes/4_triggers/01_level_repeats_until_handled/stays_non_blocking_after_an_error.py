"""Reads in non-blocking mode and puts the mode back on success alone.

caught by: test_a_broken_connection_is_not_the_end
words: the connection broke, and your code left the caller's socket in another mode
"""

import select


def drain_level(sock, size):
    sock.setblocking(False)
    pieces = [b"?"]
    while pieces[-1]:
        select.select([sock], [], [])
        pieces.append(sock.recv(size))
    sock.setblocking(True)
    return pieces[1:]
