"""Returns None when nobody is there; the caller was promised a connection or an error.

caught by: test_nobody_at_a_non_blocking_listener
words: the listener may not wait: the caller is not told
"""


def accept_nonblocking(listener):
    try:
        conn, address = listener.accept()
    except BlockingIOError:
        return None
    conn.setblocking(False)
    return conn, address
