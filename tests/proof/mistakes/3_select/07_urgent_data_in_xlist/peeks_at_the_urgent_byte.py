"""Looks at the urgent byte and leaves it there: the socket stays exceptional.

caught by: test_it_sleeps_again_after_an_urgent_byte
words: a busy loop
"""

import select
import socket


def read_urgent(sock):
    normal = urgent = b""
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional and not urgent:
            urgent += sock.recv(1, socket.MSG_OOB | socket.MSG_PEEK)
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
