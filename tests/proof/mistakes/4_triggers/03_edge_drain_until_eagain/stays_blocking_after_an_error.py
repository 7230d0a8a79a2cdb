"""Reads in blocking mode with MSG_DONTWAIT, and puts the mode back on success alone.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and your code left the caller's socket in another mode
"""

import socket


def read_on_edge(sock):
    sock.setblocking(True)
    data, ended = b"", False
    while not ended:
        try:
            piece = sock.recv(4096, socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        data, ended = data + piece, not piece
    sock.setblocking(False)
    return data, ended
