"""Catches every error, as program 2 of the document does: a broken listener looks idle.

caught by: test_a_closed_listener_is_an_error
words: the listener was closed, and your code hid the error behind None
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    try:
        readable, _, _ = select.select([listener], [], [], timeout)
        listener.setblocking(False)
        return listener.accept()[0] if readable else None
    except (OSError, ValueError):
        return None
    finally:
        if listener.fileno() != -1:
            listener.settimeout(before)
