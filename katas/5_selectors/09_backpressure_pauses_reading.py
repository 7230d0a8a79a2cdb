"""5.9 backpressure pauses reading

An echo server has to keep what its client sends and does not read back, and a client
that never reads can fill any memory. So the server stops reading: the client's bytes
stay in the kernel, its buffers fill up, and in the end its send() has to wait.

Write EchoConnection, one connection of a server that is driven by a selector.
- events is the mask of what it waits for now, and output what it has read and not yet
  sent. After each select() the server calls on_ready() with the mask that was reported,
  and then registers what events says; 0 means that there is nothing more to do.
- Read until `high` bytes or more are pending, and then not again before `low` bytes or
  fewer are left. Read only when READ was reported, and then at most 64 KiB, so that
  output never holds more than high + 64 KiB.
- Ask for WRITE while output is pending, and not otherwise.
- At the end of the stream stop reading, and still send what is pending.
- Send every byte back, in order.
- Never wait: the socket comes non-blocking, and stays so.
- A report can be wrong. Do nothing if there is nothing to read, if there is no room, or
  if READ was reported while events did not ask for it.
- Let an error of the connection propagate. The caller closes the socket.

Document: not in it; program 5 waits in send() for a client that does not read.
"""

import socket


class EchoConnection:
    """Sends back what it reads, and stops reading while too much is pending."""

    def __init__(self, sock: socket.socket, high: int, low: int) -> None:
        """Take a connected non-blocking socket; both marks are in bytes, and 0 <= low < high."""
        raise NotImplementedError

    def on_ready(self, mask: int) -> None:
        """Do what can be done now; mask is what select() reported: EVENT_READ, EVENT_WRITE or both.

        Raises OSError if the connection has failed.
        """
        raise NotImplementedError

    @property
    def events(self) -> int:
        """What to wait for: EVENT_READ, EVENT_WRITE, both, or 0 when all is done."""
        raise NotImplementedError

    @property
    def output(self) -> bytes:
        """What was read and is not yet sent."""
        raise NotImplementedError
