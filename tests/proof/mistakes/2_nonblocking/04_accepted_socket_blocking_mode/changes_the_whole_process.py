"""Sets a default timeout of 0: every socket of the process is non-blocking from now on.

caught by: test_a_blocking_listener_gives_a_non_blocking_connection
words: the default timeout of all sockets is now 0.0
"""

import socket


def accept_nonblocking(listener):
    socket.setdefaulttimeout(0)
    return listener.accept()
