"""Makes a socket of each number, and closes the number with it.

caught by: test_what_was_open_stays_open
words: your code closed a socket: only the caller may do that
"""

import socket


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        if isinstance(one, int):
            try:
                with socket.socket(fileno=one):
                    usable.append(one)
            except (OSError, ValueError):
                closed.append(one)
        else:
            (closed if one.fileno() == -1 else usable).append(one)
    return usable, closed
