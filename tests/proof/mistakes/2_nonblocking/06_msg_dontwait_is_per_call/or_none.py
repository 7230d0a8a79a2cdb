"""Turns everything that is false into None, b'' too.

caught by: test_the_end_of_the_stream_is_not_nothing_yet
words: the stream had ended, and your function did not return b''
breaks: 3
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT) or None
    except BlockingIOError:
        return None
