"""Connects to the address to see whether somebody is listening, and so puts a connection into that listener's queue.

caught by: test_the_first_listener_notices_nothing
words: your code connected to find out who is there, and that server has a client now
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
                probe.settimeout(1)
                alive = address[1] and probe.connect_ex(address) == 0
            if alive:
                raise
            listener.bind(address)  # only remains of an old server: try once more
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
