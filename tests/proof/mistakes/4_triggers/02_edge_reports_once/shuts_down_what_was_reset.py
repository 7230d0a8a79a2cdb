"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: others stay open, and the error is another.

caught by: test_after_an_error_a_connection_that_was_reset_is_closed_too
words: a client had reset, and your code raised another error when it closed that connection
"""

from __future__ import annotations
import select
import socket

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    epoll.poll()
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted
    except OSError:
        for conn in accepted:
            conn.shutdown(socket.SHUT_RDWR)
            conn.close()
        raise
