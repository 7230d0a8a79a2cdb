"""1.1 accept blocks: wait in the call itself.

accept(2): with an empty queue and a blocking socket the caller is put to sleep
until a connection is complete. The kernel wakes it; there is nothing to poll.
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    """Accept one client, send it the greeting, close the connection.

    Returns the client's address as accept() gives it. Raises OSError if the
    listener is closed or the client cannot be greeted; the connection is
    closed on every way out.
    """
    conn, address = listener.accept()
    # Two sockets now: `listener` goes on listening, `conn` is this one client.
    with conn:
        # send() may take a part of a long greeting; sendall() goes on until all is taken.
        conn.sendall(greeting)
    # `address` is the far end. The listener's own name would be getsockname().
    host, port = address
    return host, port
