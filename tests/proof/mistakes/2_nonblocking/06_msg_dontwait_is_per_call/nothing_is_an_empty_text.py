"""Returns b'' for nothing yet, which means the end.

caught by: test_nothing_has_arrived_yet
words: peer is silent: nothing is there yet
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return b""
