"""Takes a piece that is shorter than asked for the last one.

caught by: test_a_short_piece_is_not_the_end
words: your code stopped at a short piece, or left out b'', which is the end
"""

import select


def drain_level(sock, size):
    pieces = []
    while not pieces or len(pieces[-1]) == size:
        select.select([sock], [], [])
        pieces.append(sock.recv(size))
    return pieces
