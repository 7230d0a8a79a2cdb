"""Unregisters, then registers: when the events are refused, the socket is out already.

caught by: test_events_that_do_not_exist_change_nothing
words: the call was refused, and the registration was gone or changed all the same
"""


def set_interest(selector, sock, events, data):
    try:
        selector.unregister(sock)
    except KeyError:
        pass
    if events:
        selector.register(sock, events, data)
