"""Treats every error but EAGAIN as the end of the stream.

caught by: test_a_reset_propagates
words: a reset is an error: it is neither the end nor nothing there
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
