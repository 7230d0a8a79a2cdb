"""Unregisters the socket when nothing is pending.

caught by: test_write_is_switched_off_when_all_is_sent
words: nothing is pending, and the socket was taken out
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending:
        selector.modify(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, key.data)
    else:
        selector.unregister(sock)
