"""Closes the connection only when the greeting went well.

caught by: test_a_client_that_resets_leaves_no_socket_open
words: conn 1 was never closed
breaks: 4
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    conn.sendall(greeting)
    conn.close()
    return address
