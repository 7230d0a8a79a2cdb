"""Makes the connection non-blocking, and the listener too.

caught by: test_the_listener_keeps_its_mode
words: your code changed the mode of the caller's listener
breaks: 5
"""


def accept_nonblocking(listener):
    conn, address = listener.accept()
    for sock in (listener, conn):
        sock.setblocking(False)
    return conn, address
