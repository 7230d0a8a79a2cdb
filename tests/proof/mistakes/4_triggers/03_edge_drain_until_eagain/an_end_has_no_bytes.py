"""Calls it the end only if no bytes stood in front of it.

caught by: test_bytes_and_the_end_are_one_edge
words: the end stood behind the bytes, and your code never read it: no further edge will tell of it
"""


def read_on_edge(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        return data, False
    return data, not data
