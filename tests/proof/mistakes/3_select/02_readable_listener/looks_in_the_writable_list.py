"""Asks whether the listener is writable; a listener never is.

caught by: test_a_client_in_the_queue_is_returned
words: a client was in the queue, and your code did not return the connection to it
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    _, writable, _ = select.select([], [listener], [], timeout)
    listener.setblocking(False)
    try:
        return listener.accept()[0] if writable else None
    except BlockingIOError:
        return None
    finally:
        listener.settimeout(before)
