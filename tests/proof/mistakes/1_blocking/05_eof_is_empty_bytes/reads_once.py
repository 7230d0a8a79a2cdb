"""Reads once, with a buffer that is large enough for anything.

caught by: test_a_short_read_is_not_the_end
words: a short read was taken for the end of the stream
"""


def recv_all(sock):
    return sock.recv(100_000_000)
