"""Closes the caller's socket at the end of the stream.

caught by: test_the_socket_comes_back_as_it_was
words: your code closed the caller's socket
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    sock.close()
    return data, "eof"
