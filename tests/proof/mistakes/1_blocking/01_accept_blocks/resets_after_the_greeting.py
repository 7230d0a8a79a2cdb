"""Closes with a reset: the client may lose the greeting, and sees no end.

caught by: test_a_client_that_is_waiting_is_greeted
words: your code reset a connection, or closed it with input unread
"""

import socket


def serve_one(listener, greeting):
    conn, address = listener.accept()
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    with conn:
        conn.sendall(greeting)
    host, port = address
    return (host, port)
