"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: others stay open, and the error is another.

caught by: test_after_an_error_a_connection_that_was_reset_is_closed_too
words: a client had reset, and your code raised another error when it closed that connection
"""

import socket


def accept_pending(listener):
    accepted = []
    try:
        while True:
            conn, _ = listener.accept()
            accepted.append(conn)
    except BlockingIOError:
        return accepted
    except OSError:
        for conn in accepted:
            conn.shutdown(socket.SHUT_RDWR)
            conn.close()
        raise
