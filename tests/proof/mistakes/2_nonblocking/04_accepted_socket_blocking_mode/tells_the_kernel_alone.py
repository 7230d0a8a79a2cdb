"""Sets the flag behind Python's back: the socket object still says that it blocks.

caught by: test_python_has_it_non_blocking
words: Python has the connection down in another mode: 0.0 means non-blocking
"""

import os


def accept_nonblocking(listener):
    conn, address = listener.accept()
    os.set_blocking(conn.fileno(), False)
    return conn, address
