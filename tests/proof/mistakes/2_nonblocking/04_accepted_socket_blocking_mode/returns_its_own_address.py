"""Returns the address of this end.

caught by: test_it_returns_the_connection_and_the_address_of_the_client
words: your function did not return the address of the client
breaks: 1
"""


def accept_nonblocking(listener):
    conn, _ = listener.accept()
    conn.setblocking(False)
    return conn, conn.getsockname()
