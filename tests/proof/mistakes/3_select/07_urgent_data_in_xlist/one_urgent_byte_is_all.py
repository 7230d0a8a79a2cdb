"""Stops watching for urgent data after the first.

caught by: test_each_urgent_byte_counts
words: urgent byte number 2 to be read
"""

import select
import socket


def read_urgent(sock):
    normal = urgent = b""
    while True:
        readable, _, exceptional = select.select([sock], [], [] if urgent else [sock])
        if exceptional:
            urgent = sock.recv(1, socket.MSG_OOB)
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
