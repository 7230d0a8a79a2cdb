"""Makes the listener blocking for the wait, so that accept never fails.

caught by: test_a_non_blocking_listener_without_a_client_is_an_error
words: still blocked in listener.accept()
"""


def accept_nonblocking(listener):
    before = listener.gettimeout()
    listener.setblocking(True)
    try:
        conn, address = listener.accept()
    finally:
        listener.settimeout(before)
    conn.setblocking(False)
    return conn, address
