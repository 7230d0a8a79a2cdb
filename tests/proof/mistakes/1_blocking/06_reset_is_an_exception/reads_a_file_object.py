"""Lets a file object collect: when it raises, what it had collected is gone.

caught by: test_bytes_read_before_the_reset_are_returned
words: your code lost what it had read before the reset
"""


def read_to_end(sock):
    data = b""
    with sock.makefile("rb") as stream:
        try:
            data = stream.read()
        except ConnectionResetError:
            return data, "reset"
    return data, "eof"
