"""Looks with a very short timeout: the call waits, and the mode is changed for everybody.

caught by: test_nothing_has_arrived_yet
words: your code waited for input, and should only have looked
"""

import socket


def peek_now(sock, n):
    sock.settimeout(0.001)
    try:
        return sock.recv(n, socket.MSG_PEEK)
    except TimeoutError:
        return None
    finally:
        sock.settimeout(None)
