"""Returns the connection out of its with statement, which closes it.

caught by: test_a_client_in_the_queue_is_returned
words: your code closed a socket that is still needed, or returned one that is closed
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
    with conn:
        return conn
