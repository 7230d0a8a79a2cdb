"""Lets ConnectionResetError propagate, and takes every other error for "nothing more is there".

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""


def read_on_edge(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        raise
    except OSError:
        return data, False
    return data, True
