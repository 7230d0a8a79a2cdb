"""Does not hand the data on.

caught by: test_the_data_stays_with_the_registration
words: your code lost the data when it switched WRITE on
"""

import selectors


def update_interest(selector, sock, pending):
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    selector.modify(sock, events)
