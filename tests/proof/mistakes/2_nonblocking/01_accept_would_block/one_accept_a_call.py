"""Accepts one connection a call and leaves the others in the queue.

caught by: test_everybody_in_the_queue_is_accepted
words: your function left clients in the queue: one accept() takes one connection
"""


def accept_pending(listener):
    try:
        return [listener.accept()[0]]
    except BlockingIOError:
        return []
