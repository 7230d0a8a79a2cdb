"""Registers, whatever was there before.

caught by: test_other_events_take_the_place_of_the_old_ones
words: is already registered
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    if events:
        selector.register(sock, events, data)
    elif sock in selector.get_map():
        selector.unregister(sock)
