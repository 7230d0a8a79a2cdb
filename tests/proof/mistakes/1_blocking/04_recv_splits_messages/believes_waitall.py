"""Believes that MSG_WAITALL cannot return fewer bytes.

caught by: test_an_end_in_the_middle_is_an_error
words: stream ended in the middle: fewer bytes than n are no message
"""

import socket


def recv_exactly(sock, n):
    data = sock.recv(n, socket.MSG_WAITALL)
    if n and not data:
        raise EOFError
    return data
