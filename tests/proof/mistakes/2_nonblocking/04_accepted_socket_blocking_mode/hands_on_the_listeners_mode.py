"""Gives the connection the mode that the listener has.

caught by: test_a_blocking_listener_gives_a_non_blocking_connection
words: the listener was blocking, and your code did not make the connection non-blocking
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    conn.settimeout(listener.gettimeout())
    return conn, address
