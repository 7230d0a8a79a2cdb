"""Takes every error for the end of the stream.

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except OSError:
        pass
    return data, "eof"
