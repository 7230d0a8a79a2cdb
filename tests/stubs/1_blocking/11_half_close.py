"""1.11 half close

A connection has two directions, and each of them ends by itself. One side can
say "that was all from me" and go on receiving.

Write ask(address, request). It connects to the server at address, sends the
request, lets the server know that the request is complete, and returns the
whole reply: everything that the server sends until it ends its own direction.
The server does not begin to answer before it has seen the request's end.

A reply that a reset cuts off is an error and not a shorter reply. The
connection is closed on every way out.

Document: not in it; its programs use a connection in both directions until
they close it as a whole.
"""


def ask(address: tuple[str, int], request: bytes) -> bytes:
    """Send a request, end it, and return the whole reply.

    address is a host and a port. Raises OSError if nobody listens there or the
    connection breaks; no socket stays open.
    """
    raise NotImplementedError
