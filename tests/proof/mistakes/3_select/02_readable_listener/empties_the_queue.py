"""Accepts all that wait and returns the first of them; the others are closed.

caught by: test_one_call_takes_one_client
words: three clients were in the queue, and your code did not return one of them at each call
"""

import select


def accept_ready(listener, timeout):
    before = listener.gettimeout()
    accepted = []
    readable, _, _ = select.select([listener], [], [], timeout)
    listener.setblocking(False)
    try:
        while readable:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        pass
    finally:
        listener.settimeout(before)
    for conn in accepted[1:]:
        conn.close()
    return accepted[0] if accepted else None
