"""Adds the urgent byte to the normal ones as well.

caught by: test_an_urgent_byte_among_normal_ones
words: your code put the urgent byte among the normal ones
"""

import select
import socket

PIECE = 65536


def read_urgent(sock):
    normal, urgent = (bytearray(), bytearray())
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            byte = sock.recv(1, socket.MSG_OOB)
            urgent += byte
            normal += byte
        if readable:
            piece = sock.recv(PIECE)
            if not piece:
                return (bytes(normal), bytes(urgent))
            normal += piece
