"""Returns nothing but the news when the connection is reset.

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return b"", "reset"
    return data, "eof"
