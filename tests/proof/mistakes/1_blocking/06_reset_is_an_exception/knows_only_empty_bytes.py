"""Knows one end only: the exception of the other propagates.

caught by: test_a_rst_is_a_reset
words: ConnectionResetError ECONNRESET
"""


def read_to_end(sock):
    data = b""
    while piece := sock.recv(4096):
        data += piece
    return data, "eof"
