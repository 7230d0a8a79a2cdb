"""Takes the end of the peer's stream for a closed socket.

caught by: test_a_peer_that_has_closed_does_not_close_this_end
words: the peer had ended its stream, and your code did not say that this end is open
"""

import errno
import os
import socket


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        (usable if alive(one) else closed).append(one)
    return usable, closed


def alive(one):
    try:
        if isinstance(one, int):
            os.fstat(one)
            return True
        return one.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except OSError as error:
        return error.errno != errno.EBADF
