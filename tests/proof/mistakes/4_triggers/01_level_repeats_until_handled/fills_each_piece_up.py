"""Waits in recv until a piece is full, though the report spoke of less.

caught by: test_a_piece_is_what_was_there
words: your code returned other pieces than one recv(2) found: do not fill a piece up later
"""

import select
import socket


def drain_level(sock, size):
    pieces = [b"?"]
    while pieces[-1]:
        select.select([sock], [], [])
        pieces.append(sock.recv(size, socket.MSG_WAITALL))
    return pieces[1:]
