"""6.5 asyncio one waiter per socket

A selector keeps one key for a socket, and asyncio one reader. When two tasks await
sock_recv() on the same socket, the second takes the first one's place without any error,
and the first is never woken again.

Write SharedReceiver.
- Any number of tasks of one loop may await its recv() at the same time.
- Serve them in the order in which they called, with one recv() of the socket for each:
  what comes goes to the first, what comes next or is left to the second. Nobody overtakes.
- At the end of the stream each gets b"".
- An error goes to the task whose turn it is. The others get what the socket says to them.
- A task may be cancelled while it waits, whether its turn has come or not. That changes
  nothing for the others.
- What nobody has asked for stays in the kernel. While nobody waits, nobody watches the
  socket. While there is nothing to do the thread of the loop sleeps.

Open: what is lost with a task that is cancelled just when its bytes arrive.

Document: beyond it; its selectors know one callback for each socket, too.
"""

import socket


class SharedReceiver:
    """Lets many tasks receive from one socket, in turn."""

    def __init__(self, sock: socket.socket) -> None:
        """Take a connected non-blocking socket, from which nobody else reads; it belongs to the caller."""
        raise NotImplementedError

    async def recv(self, n: int) -> bytes:
        """Wait for your turn and for something to arrive, and return at most n bytes, n > 0.

        b"" is the end of the stream. Raises OSError if the connection has failed.
        """
        raise NotImplementedError
