"""Takes ten minutes in which nothing comes for the end of the stream.

caught by: test_it_sleeps_while_nothing_comes
words: drain_level() did not wait
"""

import select


def drain_level(sock, size):
    pieces = []
    while True:
        if not select.select([sock], [], [], 600)[0]:
            return [*pieces, b""]
        pieces.append(sock.recv(size))
        if not pieces[-1]:
            return pieces
