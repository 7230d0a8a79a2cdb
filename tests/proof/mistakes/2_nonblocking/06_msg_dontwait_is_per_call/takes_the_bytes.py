"""Uses MSG_DONTWAIT alone: the call does not wait, but it is no look.

caught by: test_the_bytes_stay_where_they_are
words: your function took bytes out of the socket: nobody else can read them now
breaks: 1
"""

import socket


def peek_now(sock, n):
    try:
        return sock.recv(n, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
