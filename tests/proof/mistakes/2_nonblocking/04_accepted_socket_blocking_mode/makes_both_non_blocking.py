"""Makes the connection non-blocking, and the listener too.

caught by: test_the_listener_keeps_its_mode
words: listener is the caller's, and so is its mode
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    for sock in (listener, conn):
        sock.setblocking(False)
    return conn, address
