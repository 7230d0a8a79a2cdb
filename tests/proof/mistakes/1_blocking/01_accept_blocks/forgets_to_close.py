"""Never closes the connection; the garbage collector does, some day.

caught by: test_a_client_that_is_waiting_is_greeted
words: conn 1 was never closed
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    conn.sendall(greeting)
    return address
