"""Looks again and again until n bytes are together.

caught by: test_it_sees_what_is_there
words: a busy loop
"""

import socket


def peek_now(sock, n):
    while True:
        try:
            data = sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        if len(data) in (0, n):
            return data
