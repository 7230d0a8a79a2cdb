"""Puts each connection in front of those that came before it.

caught by: test_they_come_in_the_order_of_arrival
words: first come, first served
"""


def accept_pending(listener):
    accepted = []
    while True:
        try:
            accepted.insert(0, listener.accept()[0])
        except BlockingIOError:
            return accepted
