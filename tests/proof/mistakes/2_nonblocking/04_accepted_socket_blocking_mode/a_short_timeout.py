"""Sets a short timeout instead of non-blocking mode: each read from a silent client waits a little.

caught by: test_a_read_from_a_silent_client_does_not_wait
words: the client was silent, and recv() on the connection waited before it gave up
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    conn.settimeout(0.001)
    return conn, address
