"""Returns the data alone, and nobody can see that the end was read.

caught by: test_what_one_recv_leaves_is_reported_again
words: your code did not make one recv(2) for each report, up to the end
"""

import select


def drain_level(sock, size):
    pieces = []
    while True:
        select.select([sock], [], [])
        piece = sock.recv(size)
        if not piece:
            return pieces
        pieces.append(piece)
