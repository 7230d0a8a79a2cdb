"""Keeps a list of its own of the sockets for which WRITE is on.

caught by: test_what_is_registered_is_for_the_selector_to_know
words: output was pending, and your code did not tell the selector
"""

import selectors

on = set()


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending and sock not in on:
        selector.modify(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, key.data)
        on.add(sock)
    elif not pending and sock in on:
        selector.modify(sock, selectors.EVENT_READ, key.data)
        on.remove(sock)
