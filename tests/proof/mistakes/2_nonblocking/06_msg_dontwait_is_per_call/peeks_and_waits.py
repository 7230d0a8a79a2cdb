"""Uses MSG_PEEK alone: the look waits until something is there.

caught by: test_nothing_has_arrived_yet
words: still blocked in sock.recv(100,
"""

import socket


def peek_now(sock, n):
    return sock.recv(n, socket.MSG_PEEK)
