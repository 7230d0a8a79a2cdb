"""Accepts each connection as a context manager, which closes it before it is returned.

caught by: test_one_client_is_accepted
words: your code returned a closed connection: it belongs to the caller
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    accepted = []
    while True:
        try:
            conn, _ = listener.accept()
        except BlockingIOError:
            return accepted
        with conn:
            accepted.append(conn)
