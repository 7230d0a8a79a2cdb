"""Closes the socket of the caller when it was reset.

caught by: test_the_socket_comes_back_as_it_was
words: your code closed the caller's socket
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        sock.close()
        return data, "reset"
    return data, "eof"
