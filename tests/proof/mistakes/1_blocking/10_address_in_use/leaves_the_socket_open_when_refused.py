"""Lets the error out and leaves the socket to the garbage collector.

caught by: test_a_refused_listener_leaves_no_socket_open
words: socket that was made for a refused address is still open
"""

import socket


def open_listener(address):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen()
    return listener
