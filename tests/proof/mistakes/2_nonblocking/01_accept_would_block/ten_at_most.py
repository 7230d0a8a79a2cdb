"""Accepts ten connections in one call at most; the eleventh waits.

caught by: test_they_come_in_the_order_of_arrival
words: your function stopped accepting, and clients were still in the queue
breaks: 1
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    conns = []
    try:
        for _ in range(10):
            conns.append(listener.accept()[0])
    except BlockingIOError:
        pass
    except OSError:
        for c in conns:
            c.close()
        raise
    return conns
