"""Asks the accepted connection for its peer's name.

caught by: test_a_client_that_has_reset_is_handed_out
words: ENOTCONN
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
        return None
    finally:
        listener.settimeout(before)
    try:
        print("connected:", conn.getpeername())
    except OSError:
        conn.close()
        raise
    return conn
