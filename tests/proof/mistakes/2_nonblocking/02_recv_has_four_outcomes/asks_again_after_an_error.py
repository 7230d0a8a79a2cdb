"""Tries a second time after a reset; the error is reported once, and then it looks like the end.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""


def try_recv(sock, n):
    for _ in range(2):
        try:
            return sock.recv(n)
        except BlockingIOError:
            return None
        except ConnectionError:
            pass
    return None
