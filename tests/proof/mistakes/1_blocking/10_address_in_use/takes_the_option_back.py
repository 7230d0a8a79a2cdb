"""Takes the option back once it is bound, so that connections do not inherit it.

caught by: test_it_starts_again_while_an_old_connection_is_open
words: only an open connection of the last start holds it
"""

import socket


def open_listener(address):
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
