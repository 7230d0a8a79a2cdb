"""Returns the address of this end.

caught by: test_it_returns_the_connection_and_its_peer
words: address is that of the client, as accept() gives it
"""


def accept_nonblocking(listener):
    conn, _ = listener.accept()
    conn.setblocking(False)
    return conn, conn.getsockname()
