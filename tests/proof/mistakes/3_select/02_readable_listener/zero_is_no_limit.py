"""Takes 0 seconds for "no limit".

caught by: test_zero_seconds_look_once
words: not a wait without a limit
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    readable, _, _ = select.select([listener], [], [], timeout or None)
    listener.setblocking(False)
    try:
        return listener.accept()[0] if readable else None
    except BlockingIOError:
        return None
    finally:
        listener.settimeout(before)
