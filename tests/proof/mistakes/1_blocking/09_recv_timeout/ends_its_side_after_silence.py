"""Ends its own direction after silence: the peer is told that no more will come, and the caller cannot send.

caught by: test_the_connection_is_usable_after_silence
words: your code told the peer that the stream has ended
breaks: 3
"""

import select
import socket


def recv_within(sock, n, seconds):
    readable, _, _ = select.select([sock], [], [], seconds)
    if not readable:
        sock.shutdown(socket.SHUT_WR)
        return None
    return sock.recv(n)
