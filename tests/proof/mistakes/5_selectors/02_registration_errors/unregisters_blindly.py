"""Unregisters without a thought of a socket that is not registered.

caught by: test_no_events_for_an_unknown_socket_are_harmless
words: is not registered
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    if not events:
        selector.unregister(sock)
    elif sock in selector.get_map():
        selector.modify(sock, events, data)
    else:
        selector.register(sock, events, data)
