"""Reads what is readable first: an urgent byte that comes next in the stream is passed over.

caught by: test_an_urgent_byte_before_all_others
words: your code lost the urgent byte: a normal recv() that begins at it passes over it
"""

import select
import socket


def read_urgent(sock):
    normal = urgent = b""
    while True:
        readable, _, _ = select.select([sock], [], [sock])
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
        if select.select([], [], [sock], 0)[2]:
            urgent += sock.recv(1, socket.MSG_OOB)
