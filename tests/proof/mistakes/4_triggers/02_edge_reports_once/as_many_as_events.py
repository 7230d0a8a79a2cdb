"""Counts the events of several answers and accepts so many.

caught by: test_everybody_in_the_queue_is_accepted
words: one report came for three clients, and your code left some in the queue: they are not reported again
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    events = epoll.poll(0) + epoll.poll(0) + epoll.poll(0)
    return [listener.accept()[0] for _ in range(len(events))]
