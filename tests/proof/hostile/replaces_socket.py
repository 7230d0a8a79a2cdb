"""Puts a class of its own in the place of socket.socket.

verdict: leaked
words: socket.socket was replaced
"""

import socket


class Fake(socket.socket):
    pass


def accept_pending(listener):
    socket.socket = Fake
    return []
