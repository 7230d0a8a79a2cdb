"""Gives the peer a while instead of waiting for its end.

caught by: test_what_comes_later_is_thrown_away_too
words: cannot be woken by a socket
"""

import socket
import time


def lingering_close(sock, limit):
    with sock:
        sock.shutdown(socket.SHUT_WR)
        time.sleep(0.05)
        sock.setblocking(False)
        try:
            return len(sock.recv(limit))
        except BlockingIOError:
            return 0
