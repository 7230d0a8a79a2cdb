"""Takes every error for a reset by the peer.

caught by: test_an_error_of_ones_own_is_no_end_of_the_stream
words: a closed socket is neither an end nor a reset by the peer
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except OSError:
        return data, "reset"
    return data, "eof"
