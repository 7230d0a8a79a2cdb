"""Tries once more after the exception: recv then returns empty bytes, as if the end had been orderly.

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""


def read_to_end(sock):
    data = b""
    while True:
        try:
            piece = sock.recv(4096)
        except ConnectionResetError:
            continue
        if not piece:
            return data, "eof"
        data += piece
