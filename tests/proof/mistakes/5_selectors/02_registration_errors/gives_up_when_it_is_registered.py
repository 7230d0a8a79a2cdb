"""Takes the KeyError of register() for "nothing to do".

caught by: test_other_events_take_the_place_of_the_old_ones
words: your code did not replace the old events by the new ones
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    try:
        if events:
            selector.register(sock, events, data)
        else:
            selector.unregister(sock)
    except KeyError:
        pass
