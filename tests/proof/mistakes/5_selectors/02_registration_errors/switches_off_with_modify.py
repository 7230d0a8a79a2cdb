"""Switches off with modify(sock, 0), which some classes accept.

caught by: test_no_events_take_the_socket_out
words: the events were 0, and the socket was still registered
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    if sock in selector.get_map():
        selector.modify(sock, events, data)
    elif events:
        selector.register(sock, events, data)
