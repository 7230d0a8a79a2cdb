"""Puts the mode back when something was there, and not when nothing was.

caught by: test_the_socket_is_blocking_afterwards
words: was there, and Python's mode is another one since
"""

import socket


def peek_now(sock, n):
    sock.setblocking(False)
    try:
        data = sock.recv(n, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    sock.setblocking(True)
    return data
