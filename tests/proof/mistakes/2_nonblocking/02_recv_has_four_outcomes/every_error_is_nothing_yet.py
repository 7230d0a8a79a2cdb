"""Catches every OSError: a reset looks as if something may still come.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
breaks: 4
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except OSError:
        return None
