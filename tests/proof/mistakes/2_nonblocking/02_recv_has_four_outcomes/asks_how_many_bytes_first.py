"""Asks how many bytes wait and reads only if there are some: the end has none.

caught by: test_the_end_is_not_nothing_yet
words: the stream had ended, and your function did not return b''
"""

import array
import fcntl
import termios


def try_recv(sock, n):
    size = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), termios.FIONREAD, size)
    if size[0] == 0:
        return None
    return sock.recv(n)
