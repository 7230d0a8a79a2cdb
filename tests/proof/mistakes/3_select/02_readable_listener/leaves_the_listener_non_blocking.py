"""Makes the caller's listener non-blocking, for good.

caught by: test_the_listener_keeps_its_mode
words: a client was accepted, and your code left the listener in another mode
"""

import select


def accept_ready(listener, timeout):
    listener.setblocking(False)
    readable, _, _ = select.select([listener], [], [], timeout)
    try:
        return listener.accept()[0] if readable else None
    except BlockingIOError:
        return None
