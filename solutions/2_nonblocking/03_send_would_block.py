"""2.3 send would block: what send did not take is yours to keep, and send alone knows how much that is.

send(2): when the message does not fit into the send buffer of a non-blocking
socket, the call fails with EAGAIN, which Python raises as BlockingIOError; a
stream socket with some room takes a part, and the result is its size. sendall()
is of no use here: when it fails, nobody learns how much had gone (Python docs,
socket.sendall).
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        """Begin with nothing pending; `sock` is connected and non-blocking."""
        self._sock = sock
        # Made here, for each object: one made in the class body would be shared by all of them.
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        """Send data behind what is pending, as far as the kernel takes it now.

        Returns whether nothing is pending. Raises OSError if the connection
        has failed.
        """
        # Always through the buffer: data sent directly could overtake what waits in it.
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        """Send what is pending, as far as the kernel takes it now.

        Returns whether nothing is pending. Raises OSError if the connection
        has failed.
        """
        while self.pending:
            try:
                taken = self._sock.send(self.pending)
            except BlockingIOError:
                # No room, and no byte of this call has gone. The caller comes again when the socket is writable.
                return False
            # `taken` may be any part. Only this many bytes have gone, whatever was offered.
            del self.pending[:taken]
        return True
