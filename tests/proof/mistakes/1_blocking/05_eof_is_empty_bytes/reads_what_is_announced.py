"""Asks how many bytes are there and reads so many: recv(0) returns b"" on a living connection.

caught by: test_a_short_read_is_not_the_end
words: a short read was taken for the end of the stream
"""

import array
import fcntl
import termios


def recv_all(sock):
    data = sock.recv(1)
    while True:
        size = array.array("i", [0])
        fcntl.ioctl(sock, termios.FIONREAD, size)
        piece = sock.recv(size[0])
        if not piece:
            return data
        data += piece
