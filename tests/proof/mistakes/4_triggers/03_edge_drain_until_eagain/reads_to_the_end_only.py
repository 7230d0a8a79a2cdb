"""Expects b'' to end the loop, and knows nothing of EAGAIN.

caught by: test_the_bytes_of_an_edge_are_read
words: BlockingIOError EAGAIN
"""


def read_on_edge(sock):
    data = b""
    while piece := sock.recv(4096):
        data += piece
    return data, True
