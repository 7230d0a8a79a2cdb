"""1.1 accept blocks

accept() on a blocking listener puts its thread to sleep until a connection
is there, and then returns the connection and the address of the other end.

Write serve_one(listener, greeting). It waits for one client, sends it the
greeting, closes that connection and returns the client's address. The
listener stays open for the next call, in the mode in which it came.

While nobody connects the thread sleeps in the kernel: it does not look again
and again.

Document: program 1, the line in which the server waits for its client.
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    """Accept one client, send it the greeting, close the connection.

    Returns the client's address as accept() gives it. Raises OSError if the
    listener is closed or the client cannot be greeted; the connection is
    closed on every way out.
    """
    raise NotImplementedError
