"""Catches the exception that send raises, not the one of recv.

caught by: test_a_rst_is_a_reset
words: ConnectionResetError ECONNRESET
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BrokenPipeError:
        return data, "reset"
    return data, "eof"
