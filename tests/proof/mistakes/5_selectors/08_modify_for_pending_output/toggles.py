"""Takes WRITE for a switch that each call turns round.

caught by: test_each_call_says_what_holds_from_then_on
words: your code did not set what the last call asked for
"""

import selectors


def update_interest(selector, sock, pending):
    key = selector.get_key(sock)
    if pending or key.events & selectors.EVENT_WRITE:
        selector.modify(sock, key.events ^ selectors.EVENT_WRITE, key.data)
