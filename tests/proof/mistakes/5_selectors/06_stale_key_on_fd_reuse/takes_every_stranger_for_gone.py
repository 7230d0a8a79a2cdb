"""Takes every object that is not the socket itself for a stale one.

caught by: test_another_object_with_the_same_number_is_live
words: your code replaced a live key: its owner would never hear of its events again
"""


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock)
    if old is not None:
        if old.fileobj is sock:
            raise KeyError(sock)
        selector.unregister(sock)
    return selector.register(sock, events, data)
