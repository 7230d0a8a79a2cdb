"""Unregisters the socket when nothing is pending.

caught by: test_write_is_switched_off_when_all_is_sent
words: nothing was pending, and your code took the socket out: what the peer sends is not seen
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending:
        selector.modify(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, key.data)
    else:
        selector.unregister(sock)
