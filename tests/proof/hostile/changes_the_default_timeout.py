"""Leaves a default timeout behind for every socket of the process.

verdict: leaked
words: the default timeout of all sockets is now 5.0
"""

import socket


def accept_pending(listener):
    socket.setdefaulttimeout(5)
    return []
