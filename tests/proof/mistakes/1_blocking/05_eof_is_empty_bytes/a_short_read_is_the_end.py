"""Takes a read shorter than its buffer for the last one.

caught by: test_a_short_read_is_not_the_end
words: a short read was taken for the end of the stream
"""


def recv_all(sock):
    data = b""
    while True:
        piece = sock.recv(4096)
        data += piece
        if len(piece) < 4096:
            return data
