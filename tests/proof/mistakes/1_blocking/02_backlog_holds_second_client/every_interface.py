"""Binds to the empty host, which is every interface of the machine.

caught by: test_only_this_machine_can_reach_it
words: listens on an interface other than the loopback
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
