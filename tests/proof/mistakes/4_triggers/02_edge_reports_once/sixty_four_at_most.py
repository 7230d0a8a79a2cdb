"""Accepts sixty-four connections for one report at most.

caught by: test_however_many_wait_everybody_is_accepted
words: your function stopped accepting, and no report will tell of the others
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    accepted = []
    epoll.poll()
    try:
        for _ in range(64):
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        pass
    except OSError:
        for conn in accepted:
            conn.close()
        raise
    return accepted
