"""Asks epoll before each accept whether there is another client, as one may where it is level-triggered.

caught by: test_everybody_in_the_queue_is_accepted
words: one report came for three clients, and your code left some in the queue: they are not reported again
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    accepted = []
    while epoll.poll(0):
        accepted.append(listener.accept()[0])
    return accepted
