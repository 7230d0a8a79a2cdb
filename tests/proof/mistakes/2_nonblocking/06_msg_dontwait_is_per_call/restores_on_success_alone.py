"""Restores the mode if data had arrived, but not if nothing had.

caught by: test_the_socket_is_blocking_afterwards
words: nothing had arrived, and your code left the socket in another mode
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
