"""Sets only the kernel's flag: the socket object still says that it blocks.

caught by: test_python_has_the_connection_non_blocking
words: your code left another timeout on the socket object: 0.0 means non-blocking
breaks: 2
"""

import os


def accept_nonblocking(listener):
    conn, address = listener.accept()
    os.set_blocking(conn.fileno(), False)
    return conn, address
