"""Takes socket.socket away when it is imported.

verdict: failed
words: 'NoneType' object is not callable
"""

import socket

socket.socket = None


def accept_pending(listener):
    return socket.socket()
