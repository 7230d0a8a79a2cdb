"""Sets the mode only where the connection has no timeout: a default timeout stays on it.

caught by: test_so_it_is_whatever_the_default_timeout
words: default timeout is 20 seconds; this connection has a mode of its own
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    if conn.gettimeout() is None:
        conn.setblocking(False)
    return conn, address
