"""Closes the listener together with the connection.

caught by: test_the_listener_goes_on_listening
words: your code closed the caller's listener
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    with listener, conn:
        conn.sendall(greeting)
    return address
