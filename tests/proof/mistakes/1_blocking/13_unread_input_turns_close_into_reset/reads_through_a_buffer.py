"""Reads through a buffered file object, which takes from the socket whatever is there.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: your code took another number from the socket
"""

import socket


def lingering_close(sock, limit):
    with sock, sock.makefile("rb") as stream:
        sock.shutdown(socket.SHUT_WR)
        return len(stream.read(limit))
