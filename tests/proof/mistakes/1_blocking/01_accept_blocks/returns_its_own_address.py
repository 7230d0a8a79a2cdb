"""Returns the address of the listener.

caught by: test_it_returns_the_address_of_the_client
words: your code did not return the client's address
breaks: 5
"""


def serve_one(listener, greeting):
    conn, _ = listener.accept()
    with conn:
        conn.sendall(greeting)
    return listener.getsockname()
