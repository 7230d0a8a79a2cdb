"""Modifies the events and takes it that the data stays.

caught by: test_other_data_takes_the_place_of_the_old
words: the data was new, and your code did not take it
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    if sock not in selector.get_map():
        if events:
            selector.register(sock, events, data)
    elif events:
        selector.modify(sock, events)
    else:
        selector.unregister(sock)
