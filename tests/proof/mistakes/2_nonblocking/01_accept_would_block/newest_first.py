"""Puts each connection in front of those that arrived before it.

caught by: test_they_come_in_the_order_of_arrival
words: in another order than they arrived
breaks: 2
"""


def accept_pending(listener):
    accepted = []
    try:
        while True:
            accepted.insert(0, listener.accept()[0])
    except BlockingIOError:
        return accepted
    except OSError:
        for conn in accepted:
            conn.close()
        raise
