"""Makes None of everything that is false, b'' too.

caught by: test_the_end_of_the_stream_is_not_nothing_yet
words: end of the stream is b''
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT) or None
    except BlockingIOError:
        return None
