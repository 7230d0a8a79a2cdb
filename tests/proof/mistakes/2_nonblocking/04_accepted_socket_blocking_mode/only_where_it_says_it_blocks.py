"""Sets the mode only where the connection has no timeout: a default timeout stays on it.

caught by: test_the_default_timeout_makes_no_difference
words: the default timeout was 20 seconds, and your code did not make the connection non-blocking
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    if conn.gettimeout() is None:
        conn.setblocking(False)
    return conn, address
