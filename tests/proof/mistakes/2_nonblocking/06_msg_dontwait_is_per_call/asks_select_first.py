"""Asks whether there is input and then looks with a call that can wait: another reader may be faster.

caught by: test_another_reader_is_faster
words: still blocked in sock.recv(100,
breaks: 5
"""

import select
import socket


def peek_now(sock, n):
    readable, _, _ = select.select([sock], [], [], 0)
    return sock.recv(n, socket.MSG_PEEK) if readable else None
