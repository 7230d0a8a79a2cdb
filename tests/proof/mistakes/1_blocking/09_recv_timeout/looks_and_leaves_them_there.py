"""Reads with MSG_PEEK, so that the next read gets the same bytes again.

caught by: test_what_is_there_is_returned_at_once
words: bytes are taken, no more and no fewer; the others stay for the next call
"""

import select
import socket


def recv_within(sock, n, seconds):
    readable, _, _ = select.select([sock], [], [], seconds)
    return sock.recv(n, socket.MSG_PEEK) if readable else None
