"""Returns what accept() returns: pairs.

caught by: test_one_client_is_accepted
words: something else than the brief says
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
            accepted.append(listener.accept())
    except BlockingIOError:
        return accepted
    except OSError:
        for conn, _ in accepted:
            conn.close()
        raise
