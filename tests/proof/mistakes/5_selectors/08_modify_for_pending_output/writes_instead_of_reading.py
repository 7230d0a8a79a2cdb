"""Asks for WRITE in the place of READ while output is pending.

caught by: test_pending_output_adds_write_to_read
words: output was pending, and your code took READ away: nothing is read
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    selector.modify(sock, selectors.EVENT_WRITE if pending else selectors.EVENT_READ, key.data)
