"""Catches a reset well, and takes any other error for the end.

caught by: test_a_socket_without_a_peer_is_an_error
words: nobody was ever connected, and your code reported an end or a reset
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    except OSError:
        pass
    return data, "eof"
