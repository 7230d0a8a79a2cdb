"""Lets the error out and leaves the socket to the garbage collector.

caught by: test_a_socket_that_cannot_be_bound_is_closed
words: bind() failed, and your code left the socket open
"""

import socket


def open_listener(address):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen()
    return listener
