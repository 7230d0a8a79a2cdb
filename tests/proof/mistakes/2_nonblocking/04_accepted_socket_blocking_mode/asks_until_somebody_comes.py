"""Accepts again and again on a listener that may not wait.

caught by: test_nobody_at_a_non_blocking_listener
words: a busy loop
"""


def accept_nonblocking(listener):
    while True:
        try:
            conn, address = listener.accept()
        except BlockingIOError:
            continue
        conn.setblocking(False)
        return conn, address
