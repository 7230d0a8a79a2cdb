"""Asks for urgent data without waiting for it.

caught by: test_a_stream_without_urgent_bytes
words: OSError EINVAL
"""

import socket


def read_urgent(sock):
    normal = urgent = b""
    while True:
        urgent += sock.recv(1, socket.MSG_OOB)
        piece = sock.recv(4096)
        if not piece:
            return normal, urgent
        normal += piece
