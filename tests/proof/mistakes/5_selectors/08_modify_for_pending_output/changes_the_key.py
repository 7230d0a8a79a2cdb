"""Makes a new tuple, of which the selector does not know.

caught by: test_pending_output_adds_write_to_read
words: output was pending, and your code did not ask for WRITE
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending:
        key = key._replace(events=key.events | selectors.EVENT_WRITE)
    else:
        key = key._replace(events=selectors.EVENT_READ)
