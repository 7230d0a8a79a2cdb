"""Takes empty data for none.

caught by: test_empty_data_stays_too
words: your code lost empty data, which is data too
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    if key.data:
        selector.modify(sock, events, key.data)
    else:
        selector.modify(sock, events)
