"""Binds as the document's programs do: a restart has to wait for TIME_WAIT to pass.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: only its last connection, in TIME_WAIT, holds it
breaks: 2
"""

import socket


def open_listener(address):
    listener = socket.socket()
    try:
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
