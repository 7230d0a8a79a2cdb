"""Believes that MSG_WAITALL cannot return fewer bytes.

caught by: test_an_end_in_the_middle_is_an_error
words: the stream ended in the middle of the message, and your code did not say so
"""

import socket


def recv_exactly(sock, n):
    data = sock.recv(n, socket.MSG_WAITALL)
    if n and not data:
        raise EOFError
    return data
