"""Does nothing when the events are the same, though the data is new.

caught by: test_other_data_takes_the_place_of_the_old
words: the data was new, and your code did not take it
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    key = selector.get_map().get(sock)
    if key is None:
        if events:
            selector.register(sock, events, data)
    elif not events:
        selector.unregister(sock)
    elif events != key.events:
        selector.modify(sock, events, data)
