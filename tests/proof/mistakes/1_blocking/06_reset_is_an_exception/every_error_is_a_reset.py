"""Takes every error for a reset by the peer.

caught by: test_a_socket_that_is_closed_here_is_no_end_of_the_stream
words: the socket was closed here, and your code blamed the peer
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except OSError:
        return data, "reset"
    return data, "eof"
