"""Waits again when the client was taken, and for the whole time each time.

caught by: test_the_time_holds_for_the_whole_call
words: the time was over, and your code went on
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        while select.select([listener], [], [], timeout)[0]:
            try:
                return listener.accept()[0]
            except BlockingIOError:
                continue
        return None
    finally:
        listener.settimeout(before)
