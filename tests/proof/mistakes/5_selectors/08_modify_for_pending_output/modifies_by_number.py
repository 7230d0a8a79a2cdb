"""Hands the number to modify(): SelectSelector registers that in the socket's place.

caught by: test_the_key_holds_the_socket_itself
words: the key held another object than the socket
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    selector.modify(key.fd, events, key.data)
