"""Waits in select for the whole time, and gives the whole time to accept once more.

caught by: test_the_time_is_not_given_twice
words: some of the 30 seconds was over, and your accept() could wait for all of them again
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    readable, _, _ = select.select([listener], [], [], timeout)
    listener.settimeout(timeout)
    try:
        return listener.accept()[0] if readable else None
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        listener.settimeout(before)
