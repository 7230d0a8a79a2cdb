"""Looks at the bytes without taking them: the next call returns the same message.

caught by: test_an_end_right_behind_the_message_does_not_spoil_it
words: the stream ended after the last message, and your code did not say so
"""

import socket


def recv_exactly(sock, n):
    data = sock.recv(n, socket.MSG_PEEK | socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    return data
