"""Lets the reset out and takes every other error for nothing yet.

caught by: test_a_socket_without_a_peer_is_an_error
words: socket that was never connected will never have data: its error propagates
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except ConnectionResetError:
        raise
    except OSError:
        return None
