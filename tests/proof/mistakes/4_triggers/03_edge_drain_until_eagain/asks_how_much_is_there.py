"""Reads as many bytes as FIONREAD tells, and the end has no bytes.

caught by: test_bytes_and_the_end_are_one_edge
words: the end stood behind the bytes, and your code never read it: no further edge will tell of it
"""

import array
import fcntl
import termios


def read_on_edge(sock):
    size = array.array("i", [0])
    fcntl.ioctl(sock, termios.FIONREAD, size)
    data = b""
    while len(data) < size[0]:
        data += sock.recv(size[0] - len(data))
    return data, size[0] == 0 and is_over(sock)


def is_over(sock):
    try:
        return sock.recv(1) == b""
    except BlockingIOError:
        return False
