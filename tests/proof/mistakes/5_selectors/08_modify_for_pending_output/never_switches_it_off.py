"""Switches WRITE on, and leaves it on.

caught by: test_write_is_switched_off_when_all_is_sent
words: all was sent, and your code left WRITE on
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending:
        selector.modify(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, key.data)
