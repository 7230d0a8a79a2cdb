"""Returns what accept() returns: pairs, and not the connections alone.

caught by: test_everybody_in_the_queue_is_accepted
words: did not hold just the connections
"""

import socket


def accept_pending(listener):
    conns = []
    try:
        while True:
            conns.append(listener.accept())
    except BlockingIOError:
        return conns
    except OSError:
        for c, _ in conns:
            c.close()
        raise
