"""Takes every error for the end.

caught by: test_a_reset_is_not_an_end
words: the connection broke, and your code reported an orderly end
"""


def recv_all(sock):
    data = b""
    try:
        while piece := sock.recv(1024):
            data += piece
    except OSError:
        pass
    return data
