"""Does not bind: listen() then finds a port by itself, on every interface.

caught by: test_only_this_machine_can_reach_it
words: listens on an interface other than the loopback
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.listen(backlog)
    return listener
