"""Reads the next byte of the stream for a socket that is exceptional.

caught by: test_an_urgent_byte_among_normal_ones
words: an urgent byte came, and your code did not return it
"""

import select


def read_urgent(sock):
    normal = urgent = b""
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            urgent += sock.recv(1)
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
