"""Takes a short timeout for non-blocking: each read of a silent client waits a little.

caught by: test_a_silent_client_makes_nobody_wait
words: client is silent, and recv() waited for it before it gave up
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    conn.settimeout(0.001)
    return conn, address
