"""Catches every OSError: a reset looks as if something may still come.

caught by: test_a_reset_propagates
words: the peer reset the connection, and the caller never finds out
breaks: 4
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except OSError:
        return None
