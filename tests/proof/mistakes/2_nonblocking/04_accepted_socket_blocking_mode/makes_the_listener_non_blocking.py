"""Sets the mode of the listener instead of the connection's.

caught by: test_a_blocking_listener_gives_a_non_blocking_connection
words: the listener was blocking, and your code did not make the connection non-blocking
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    listener.setblocking(False)
    return conn, address
