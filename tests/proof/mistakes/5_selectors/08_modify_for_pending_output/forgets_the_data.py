"""Does not hand the data on.

caught by: test_the_data_stays_with_the_registration
words: the data was lost when WRITE was switched on
"""

import selectors


def update_interest(selector, sock, pending):
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    selector.modify(sock, events)
