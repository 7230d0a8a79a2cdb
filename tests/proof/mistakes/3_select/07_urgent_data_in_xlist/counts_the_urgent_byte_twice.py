"""Adds the urgent byte when it looks at it with MSG_PEEK, and again when it takes it.

caught by: test_an_urgent_byte_among_normal_ones
words: your code took the urgent byte twice
"""

import select
import socket

PIECE = 65536


def read_urgent(sock):
    normal, urgent = (bytearray(), bytearray())
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            urgent += sock.recv(1, socket.MSG_OOB | socket.MSG_PEEK)
            urgent += sock.recv(1, socket.MSG_OOB)
        if readable:
            piece = sock.recv(PIECE)
            if not piece:
                return (bytes(normal), bytes(urgent))
            normal += piece
