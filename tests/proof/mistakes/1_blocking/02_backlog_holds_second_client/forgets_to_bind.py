"""Does not bind: listen() then finds a port by itself, on every interface.

caught by: test_only_this_machine_can_reach_it
words: your listener was bound to another interface than the loopback
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.listen(backlog)
    return listener
