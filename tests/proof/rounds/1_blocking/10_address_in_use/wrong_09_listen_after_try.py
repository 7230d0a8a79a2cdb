"""Calls listen() outside the try, and it is listen() that fails if another socket has bound the address and listened meanwhile.

caught by: test_a_socket_that_cannot_listen_is_closed
words: listen() failed, and your code left the socket open
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except BaseException:
        listener.close()
        raise
    listener.listen()
    return listener
