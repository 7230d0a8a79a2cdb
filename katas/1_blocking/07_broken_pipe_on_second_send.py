"""1.7 broken pipe on second send

The first send() after the peer has closed succeeds: the kernel takes the
bytes, the peer's kernel answers them with RST. Only the next send() raises
BrokenPipeError. Where a RST has come before, the first send() raises
ConnectionResetError. A send() that succeeds proves that the kernel here took
the bytes, never that anybody got them.

Write deliver(sock, messages). It sends the messages in order, each one whole
and before it asks for the next, and returns how many of them the kernel took
until the connection broke, or all. It stops at the first that could not be
sent, of which a part may have gone; that one does not count. An empty message
is taken when it was its turn. While the peer reads slowly the thread sleeps in
the kernel.

A broken connection, told by BrokenPipeError or ConnectionResetError, raises
nothing; whether ETIMEDOUT tells of one is left open. Any other error
propagates, the caller's own timeout too, and so does whatever `messages`
itself raises. The socket belongs to the caller: it stays open, in the mode in
which it came, on every way out.

Document: not in it; a client that leaves ends the servers of programs 1 and 4
in this way, with the second answer to it.
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken.

    Returns how many messages the kernel took whole. Raises OSError for an
    error that is no broken connection, and what `messages` raises.
    """
    raise NotImplementedError
