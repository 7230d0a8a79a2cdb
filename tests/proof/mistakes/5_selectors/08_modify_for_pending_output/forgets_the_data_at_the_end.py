"""Hands the data on when WRITE is switched on, and not when it is switched off.

caught by: test_the_data_stays_with_the_registration
words: your code lost the data when it switched WRITE off
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending:
        selector.modify(sock, key.events | selectors.EVENT_WRITE, key.data)
    else:
        selector.modify(sock, selectors.EVENT_READ)
