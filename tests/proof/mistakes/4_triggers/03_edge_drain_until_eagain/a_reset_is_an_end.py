"""Treats every error but EAGAIN as the end of the stream.

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""


def read_on_edge(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        return data, False
    except OSError:
        pass
    return data, True
