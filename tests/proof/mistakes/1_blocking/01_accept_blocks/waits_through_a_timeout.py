"""Sets the listener to blocking "to be sure" and forgets the caller's timeout.

caught by: test_the_listener_keeps_its_mode
words: the listener is the caller's, and so is its timeout
"""


def serve_one(listener, greeting):
    listener.setblocking(True)
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
