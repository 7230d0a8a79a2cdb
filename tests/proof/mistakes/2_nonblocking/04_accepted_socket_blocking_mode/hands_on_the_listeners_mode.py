"""Gives the connection the mode that the listener has.

caught by: test_so_it_is_with_a_blocking_listener
words: listener blocks, the connection must not
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    conn.settimeout(listener.gettimeout())
    return conn, address
