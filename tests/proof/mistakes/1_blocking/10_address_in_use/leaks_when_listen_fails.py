"""Closes the socket when bind() fails, and leaves it open when listen() does.

caught by: test_a_socket_that_cannot_listen_is_closed
words: listen() failed, and your code left the socket open
breaks: 6
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(address)
    except OSError:
        s.close()
        raise
    s.listen()
    return s
