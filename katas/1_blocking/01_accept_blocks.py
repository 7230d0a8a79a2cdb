"""1.1 accept blocks

accept() on a blocking listener puts its thread to sleep until a connection
is there, and then returns the connection and the address of the other end.

Write serve_one(listener, greeting). It waits for one client, sends it the
whole greeting, closes that connection and returns the client's address. Other
clients stay in the queue for the next calls.

While nobody connects the thread sleeps in the kernel: it does not look again
and again. The connection is closed on every way out, whatever the exception.
The listener stays open on every way out. Afterwards its mode is the one in
which it came: its timeout, and O_NONBLOCK in the kernel. What the call does
when the listener has a timeout and nobody connects is open.

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
