"""Sets the listener to blocking "to be sure" and forgets the caller's timeout.

caught by: test_the_listener_keeps_its_mode
words: your code changed the timeout of the caller's listener
"""


def serve_one(listener, greeting):
    listener.setblocking(True)
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
