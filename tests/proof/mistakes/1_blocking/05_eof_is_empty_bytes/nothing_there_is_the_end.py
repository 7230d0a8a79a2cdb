"""Stops when the queue is empty for a moment: select with a time of 0 is asked whether there is more.

caught by: test_a_short_read_is_not_the_end
words: a short read was taken for the end of the stream
"""

import select


def recv_all(sock):
    data = sock.recv(65536)
    while select.select([sock], [], [], 0)[0]:
        piece = sock.recv(65536)
        if not piece:
            break
        data += piece
    return data
