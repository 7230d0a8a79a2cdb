"""Watches for normal bytes alone: recv() passes over the urgent one.

caught by: test_an_urgent_byte_among_normal_ones
words: an urgent byte came, and your code did not return it
"""

import select


def read_urgent(sock):
    normal = b""
    while True:
        select.select([sock], [], [])
        piece = sock.recv(4096)
        if not piece:
            return normal, b""
        normal += piece
