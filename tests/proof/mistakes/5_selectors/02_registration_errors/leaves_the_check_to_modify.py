"""Leaves it to the selector to refuse wrong events: modify() accepts them, or drops the socket.

caught by: test_events_that_do_not_exist_change_nothing
words: the call was refused, and the registration was gone or changed all the same
"""


def set_interest(selector, sock, events, data):
    if not events:
        if sock in selector.get_map():
            selector.unregister(sock)
        return
    try:
        selector.modify(sock, events, data)
    except KeyError:
        selector.register(sock, events, data)
