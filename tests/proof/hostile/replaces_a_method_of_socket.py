"""Changes accept for everybody in the process.

verdict: leaked
words: socket.accept was replaced
"""

import socket


def accept_pending(listener):
    socket.socket.accept = lambda self: (None, None)
    return []
