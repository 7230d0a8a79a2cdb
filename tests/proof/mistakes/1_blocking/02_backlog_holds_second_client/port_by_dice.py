"""Chooses the port itself, by random numbers, until one is free.

caught by: test_the_kernel_chooses_the_port
words: your code chose the port itself
breaks: 3
"""

import errno
import random
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        while True:
            try:
                sock.bind(("127.0.0.1", random.randint(49152, 65535)))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                break
        sock.listen(backlog)
    except BaseException:
        sock.close()
        raise
    return sock
