"""Calls a blocking accept, because select has said that somebody is there.

caught by: test_a_client_taken_by_others_is_none
words: still blocked in listener.accept()
"""

import select


def accept_ready(listener, timeout):
    readable, _, _ = select.select([listener], [], [], timeout)
    return listener.accept()[0] if readable else None
