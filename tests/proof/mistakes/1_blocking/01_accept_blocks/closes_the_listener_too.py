"""Closes the listener together with the connection.

caught by: test_the_listener_goes_on_listening
words: the listener belongs to the caller and stays open
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    with listener, conn:
        conn.sendall(greeting)
    return address
