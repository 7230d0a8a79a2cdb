"""Asks FIONREAD first: 0 bytes at the end of the stream look like nothing yet.

caught by: test_the_end_of_the_stream_is_not_nothing_yet
words: the stream had ended, and your function did not return b''
"""

import array
import fcntl
import socket
import termios


def peek_now(sock, n):
    size = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), termios.FIONREAD, size)
    if size[0] == 0:
        return None
    return sock.recv(min(n, size[0]), socket.MSG_PEEK | socket.MSG_DONTWAIT)
