"""Makes an exception of the end.

caught by: test_the_end_is_not_nothing_yet
words: EOFError: the peer has gone
"""


def try_recv(sock, n):
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return None
    if not data:
        raise EOFError("the peer has gone")
    return data
