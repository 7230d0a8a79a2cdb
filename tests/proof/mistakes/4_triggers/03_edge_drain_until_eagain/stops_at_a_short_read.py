"""Takes a short read for the last one, and never meets the end behind it.

caught by: test_bytes_and_the_end_are_one_edge
words: the end stood behind the bytes, and your code never read it: no further edge will tell of it
"""


def read_on_edge(sock):
    data = b""
    while True:
        try:
            piece = sock.recv(4096)
        except BlockingIOError:
            return data, False
        data += piece
        if len(piece) < 4096:
            return data, not piece
