"""4.4 edge writable after a short send: send until the kernel refuses; only then will it call back.

epoll(7): with EPOLLET Linux reports room only to a socket that was refused some, by a
short count or by EAGAIN. The reader of one that was never refused may empty the buffers
as often as it likes: no edge.
"""

import socket


class EdgeWriter:
    """Sends what was written to it as far as there is room, and the rest when there is room again."""

    def __init__(self, sock: socket.socket) -> None:
        """Send to `sock`, non-blocking and watched for EPOLLOUT | EPOLLET by the caller."""
        self._sock = sock
        self._pending = bytearray()

    def write(self, data: bytes) -> None:
        """Send data behind all that was written before; what does not go now goes in on_writable().

        Raises OSError if the connection has failed.
        """
        # Behind what is pending, even if there is room just now: the order is the stream's.
        self._pending += data
        # At once. With nothing pending so far no edge is on its way: nobody would ever come for this.
        self._send()

    def on_writable(self) -> None:
        """Go on with what is pending; the epoll object has reported room.

        Raises OSError if the connection has failed.
        """
        self._send()

    def _send(self) -> None:
        """Send until nothing is pending or the kernel has refused some: one of the two, and never less."""
        while self._pending:
            try:
                # All of it is offered, and a short count is refused room as well: the loop then meets EAGAIN.
                taken = self._sock.send(self._pending)
            except BlockingIOError:
                return  # refused: the edge will come
            # Only what was taken is done with. sendall() could not say how much that is.
            del self._pending[:taken]
