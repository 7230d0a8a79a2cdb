"""Reads SO_ERROR before it reads: that takes the exception away from recv.

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""

import socket


def read_to_end(sock):
    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        print("something is wrong with this connection")
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    return data, "eof"
