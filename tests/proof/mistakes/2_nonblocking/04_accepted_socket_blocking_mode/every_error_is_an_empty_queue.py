"""Reports every error as EAGAIN, as if only the queue were empty.

caught by: test_a_socket_that_does_not_listen_is_an_error
words: the socket was not listening, and the caller never finds out
breaks: 4
"""

import errno


def accept_nonblocking(listener):
    try:
        conn, address = listener.accept()
    except TimeoutError:
        raise
    except OSError as error:
        raise BlockingIOError(errno.EAGAIN, "nobody is connecting") from error
    conn.setblocking(False)
    return conn, address
