"""Takes a reset for the end of the stream: what was lost on the way is never noticed.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except ConnectionResetError:
        return b""
