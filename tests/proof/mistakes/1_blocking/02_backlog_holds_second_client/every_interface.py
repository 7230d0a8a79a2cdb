"""Binds to the empty host, which is every interface of the machine.

caught by: test_only_this_machine_can_reach_it
words: your listener was bound to another interface than the loopback
breaks: 2
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.bind(("", 0))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener
