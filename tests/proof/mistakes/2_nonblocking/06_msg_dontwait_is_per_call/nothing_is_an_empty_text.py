"""Returns b'' if nothing has arrived, which means the end.

caught by: test_nothing_has_arrived_yet
words: nothing had arrived, and your function did not return None
breaks: 2
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return b""
