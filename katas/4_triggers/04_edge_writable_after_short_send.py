"""4.4 edge writable after a short send

Edge-triggered EPOLLOUT does not say that there is room. It says that there is room
again, and only after a send() that took a part of the bytes, or none. If you wait for
it before you have tried to send, you may wait for ever.

Write the class EdgeWriter, for a non-blocking socket.
- write(data) is given bytes to be sent, behind all that was written before.
- on_writable() is called for each EPOLLOUT that an epoll object reports for the
  socket, edge-triggered. The report that comes with the registration may have been
  taken before the writer was made.
- on_writable() may also be called when there is no room after all, or nothing to send.
- Send every byte once and in order, without any other call, as long as the peer reads.
- Never wait, and leave the socket in its mode.
- If the connection has failed, let the error propagate from the call that met it: a
  reset, EPIPE and ETIMEDOUT alike.

Document: not in it; its programs send in blocking mode, or drop what was not taken.
"""

import socket


class EdgeWriter:
    """Sends what was written to it as far as there is room, and the rest when there is room again."""

    def __init__(self, sock: socket.socket) -> None:
        """Send to `sock`, non-blocking and watched for EPOLLOUT | EPOLLET by the caller."""
        raise NotImplementedError

    def write(self, data: bytes) -> None:
        """Send data behind all that was written before; what does not go now goes in on_writable().

        Raises OSError if the connection has failed.
        """
        raise NotImplementedError

    def on_writable(self) -> None:
        """Go on with what is pending; the epoll object has reported room.

        Raises OSError if the connection has failed.
        """
        raise NotImplementedError
