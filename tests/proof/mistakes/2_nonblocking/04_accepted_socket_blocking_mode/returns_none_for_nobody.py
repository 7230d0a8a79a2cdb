"""Returns None when the queue is empty; the caller was promised a connection or an error.

caught by: test_a_non_blocking_listener_without_a_client_is_an_error
words: the queue was empty, and your code did not let that error propagate
"""


def accept_nonblocking(listener):
    try:
        conn, address = listener.accept()
    except BlockingIOError:
        return None
    conn.setblocking(False)
    return conn, address
