"""Sets the mode of the listener instead of the connection's.

caught by: test_so_it_is_with_a_blocking_listener
words: listener blocks, the connection must not
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    listener.setblocking(False)
    return conn, address
