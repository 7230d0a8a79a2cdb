"""Changes the events of the stale key, of which epoll knows nothing.

caught by: test_the_newcomer_may_want_other_events
words: FileNotFoundError
"""


def adopt(selector, sock, events, data):
    try:
        return selector.register(sock, events, data)
    except KeyError:
        if selector.get_key(sock).fileobj is sock:
            raise
        return selector.modify(sock, events, data)
