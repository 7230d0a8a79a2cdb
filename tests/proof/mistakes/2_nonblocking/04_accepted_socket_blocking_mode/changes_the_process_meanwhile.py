"""Sets a default timeout of 0 for the time of the call: other threads' sockets get it too.

caught by: test_other_sockets_are_made_as_usual_meanwhile
words: nothing to do with this call is born in another mode
"""

import socket


def accept_nonblocking(listener):
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(0)
    try:
        return listener.accept()
    finally:
        socket.setdefaulttimeout(before)
