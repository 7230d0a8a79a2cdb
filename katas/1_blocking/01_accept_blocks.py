"""1.1 accept blocks

accept() on a blocking listener puts its thread to sleep in the kernel until a
client has connected. It returns a new socket, the connection, and the client's
address.

Write serve_one(listener, greeting):
1. Sleep in the kernel until a client connects; do not wake up to look again.
2. Accept one client. Leave the others in the queue.
3. Send it the whole greeting, however long, and whatever signals arrive.
4. Close the connection, after any exception too: `with conn:` does both.
5. Return the client's address.
6. Leave the listener open, with its timeout and its O_NONBLOCK, after an error
   too.
7. Raise OSError if the listener is closed or the client cannot be greeted.

Open: nobody connects before a listener's timeout; an empty greeting to a client
that reset.

Document: the first program stops here.
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    """Accept one client, send it the greeting, close the connection.

    Returns the client's address as accept() gives it. Raises OSError if the
    listener is closed or the client cannot be greeted; the connection is
    closed on every way out.
    """
    raise NotImplementedError
