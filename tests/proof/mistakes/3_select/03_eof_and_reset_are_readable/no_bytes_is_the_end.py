"""Counts the bytes that are there: none of them means the end, also after a reset.

caught by: test_a_broken_connection_is_reset
words: the connection was broken, and your code did not say "reset
"""

import array
import fcntl
import select
import termios


def classify_ready(socks):
    found = {}
    for sock in select.select(socks, [], [], 0)[0]:
        size = array.array("i", [0])
        fcntl.ioctl(sock.fileno(), termios.FIONREAD, size)
        found[sock] = "data" if size[0] else "eof"
    return found
