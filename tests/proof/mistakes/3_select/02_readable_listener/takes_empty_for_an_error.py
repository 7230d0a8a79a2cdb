"""Makes the listener non-blocking and does not expect what follows from it.

caught by: test_a_client_taken_by_others_is_none
words: BlockingIOError EAGAIN
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    readable, _, _ = select.select([listener], [], [], timeout)
    listener.setblocking(False)
    try:
        return listener.accept()[0] if readable else None
    finally:
        listener.settimeout(before)
