"""1.11 half close

A connection has two directions, and each of them ends by itself. One side can
say "that was all from me" and go on receiving.

Write ask(address, request):
1. Connect to the server at address and send the whole request.
2. Let the server know that the request is complete, an empty one too: it does
   not answer before.
3. Return the whole reply: everything until the server ends its own direction,
   however long that takes. An empty reply is b"".
4. Raise OSError if nobody listens there or the connection breaks, while you
   send or receive. What came before that is not a reply.
5. Close the connection, after any exception too.

Open: a default timeout that the caller has set.

Document: no program there half-closes; they close a connection as a whole.
"""


def ask(address: tuple[str, int], request: bytes) -> bytes:
    """Send a request, end it, and return the whole reply.

    address is a host and a port. Raises OSError if nobody listens there or the
    connection breaks; no socket stays open.
    """
    raise NotImplementedError
