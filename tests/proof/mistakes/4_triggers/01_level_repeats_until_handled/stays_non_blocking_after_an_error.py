"""Reads in non-blocking mode and puts the mode back on success alone.

caught by: test_the_socket_stays_blocking
words: the error got out, and the caller's socket is not blocking any more
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
