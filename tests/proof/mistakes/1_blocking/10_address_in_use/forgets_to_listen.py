"""Binds and does not listen.

caught by: test_it_is_ready_for_clients
words: your code returned a socket that does not listen
"""

import socket


def open_listener(address):
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener
