"""Sets a default timeout of 0 for the time of the call: other threads' sockets get it too.

caught by: test_nothing_else_changes_while_it_waits
words: another thread made a socket meanwhile, and your code changed its mode
breaks: 6
"""

import socket


def accept_nonblocking(listener):
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(0)
    try:
        return listener.accept()
    finally:
        socket.setdefaulttimeout(before)
