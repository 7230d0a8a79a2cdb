"""Accepts one connection for each event.

caught by: test_everybody_in_the_queue_is_accepted
words: one report came for three clients, and your code left some in the queue: they are not reported again
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    return [listener.accept()[0] for _ in epoll.poll()]
