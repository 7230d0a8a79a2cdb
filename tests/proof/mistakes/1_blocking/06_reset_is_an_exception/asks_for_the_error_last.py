"""Asks SO_ERROR at the end what kind of end it was, instead of believing recv.

caught by: test_a_reset_after_the_fin_takes_nothing_back
words: a reset came after the end of the stream, and your code returned something else
"""

import socket


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return data, "reset" if error else "eof"
