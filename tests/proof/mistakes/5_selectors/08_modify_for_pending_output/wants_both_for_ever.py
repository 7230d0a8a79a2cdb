"""Asks for WRITE all the time.

caught by: test_nothing_is_pending_and_nothing_was
words: nothing was pending and nothing had come, and select() reported something
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    selector.modify(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, key.data)
