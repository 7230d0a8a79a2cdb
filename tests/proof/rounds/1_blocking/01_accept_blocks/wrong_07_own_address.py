"""It returns the address of its own end of the connection.

caught by: test_it_returns_the_address_of_the_client
words: Your code did not return the client's address
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, _ = listener.accept()
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
        address = conn.getsockname()
    return address
