"""Puts the listener's mode back, except when accept fails with an error that it does not expect.

caught by: test_an_error_of_accept_propagates
words: accept() failed, and your code left the listener in another mode
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    readable, _, _ = select.select([listener], [], [], timeout)
    if not readable:
        return None
    listener.setblocking(False)
    try:
        conn, _ = listener.accept()
    except BlockingIOError:
        conn = None
    listener.settimeout(before)
    return conn
