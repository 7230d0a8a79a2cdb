"""Closes the caller's socket when the peer has ended.

caught by: test_the_end_is_not_nothing_yet
words: your function closed the caller's socket
"""


def try_recv(sock, n):
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return None
    if not data:
        sock.close()
    return data
