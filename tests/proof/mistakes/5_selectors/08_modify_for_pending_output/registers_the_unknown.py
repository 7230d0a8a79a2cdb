"""Registers a socket that nobody has registered.

caught by: test_a_socket_that_is_not_registered_stays_so
words: the socket was not registered, and the caller never finds out
"""

import selectors


def update_interest(selector, sock, pending):
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    data = None
    if sock in selector.get_map():
        data = selector.unregister(sock).data
    selector.register(sock, events, data)
