"""Closes the socket when the peer has ended: nobody can answer any more.

caught by: test_the_other_direction_is_still_open
words: your code closed the caller's socket
"""


def recv_all(sock):
    data = b""
    with sock:
        while piece := sock.recv(1024):
            data += piece
    return data
