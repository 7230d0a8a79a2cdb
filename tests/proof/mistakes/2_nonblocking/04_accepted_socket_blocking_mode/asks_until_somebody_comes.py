"""Calls accept() again and again on a non-blocking listener until a client comes.

caught by: test_a_non_blocking_listener_without_a_client_is_an_error
words: a busy loop
"""


def accept_nonblocking(listener):
    while True:
        try:
            conn, address = listener.accept()
        except BlockingIOError:
            continue
        conn.setblocking(False)
        return conn, address
