"""Gives the listener a timeout, so that each call waits for one more client.

caught by: test_the_listener_stays_non_blocking
words: your code waited, though the clients were there: do not wait for more
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    epoll.poll()
    listener.settimeout(0.05)
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except TimeoutError:
        return accepted
    finally:
        listener.settimeout(0)
