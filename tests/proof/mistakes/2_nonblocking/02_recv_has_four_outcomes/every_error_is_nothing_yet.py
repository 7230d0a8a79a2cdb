"""Catches every OSError: a reset looks as if something may still come.

caught by: test_a_reset_propagates
words: reset is an error: it is neither the end nor nothing yet
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except OSError:
        return None
