"""Returns what accept() returns: a pair.

caught by: test_a_client_in_the_queue_is_returned
words: something else than the brief says
"""

import select
import socket


def accept_ready(listener, timeout):
    readable, _, _ = select.select([listener], [], [], timeout)
    if not readable:
        return None
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        conn, _ = listener.accept()
    except BlockingIOError:
        return None
    finally:
        listener.settimeout(before)
    return (conn, _)
