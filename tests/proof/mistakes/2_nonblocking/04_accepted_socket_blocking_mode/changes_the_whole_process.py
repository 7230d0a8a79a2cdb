"""Sets a default timeout of 0: every socket of the process is non-blocking from now on.

caught by: test_so_it_is_with_a_blocking_listener
words: the default timeout of all sockets is now 0.0
"""

import socket


def accept_nonblocking(listener):
    socket.setdefaulttimeout(0)
    return listener.accept()
