"""Looks every now and then whether all bytes are there: a message larger than the buffer never is.

caught by: test_a_message_in_pieces_comes_back_whole
words: cannot be woken by a socket
"""

import socket
import time


def recv_exactly(sock, n):
    while n and len(sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT) if ready(sock) else b"") < n:
        time.sleep(0.01)
    return sock.recv(n)


def ready(sock):
    try:
        return sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return False
