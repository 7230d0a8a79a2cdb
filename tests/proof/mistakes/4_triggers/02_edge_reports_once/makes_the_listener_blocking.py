"""Gets rid of the exception by making the listener blocking, and sleeps at the end of the queue.

caught by: test_everybody_in_the_queue_is_accepted
words: still blocked in listener.accept()
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    listener.setblocking(True)
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted
