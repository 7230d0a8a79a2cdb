"""Reads with MSG_PEEK, so that the next read gets the same bytes again.

caught by: test_bytes_that_are_there_are_returned_at_once
words: three of five bytes should be taken
breaks: 2
"""

import select
import socket


def recv_within(sock, n, seconds):
    readable, _, _ = select.select([sock], [], [], seconds)
    return sock.recv(n, socket.MSG_PEEK) if readable else None
