"""2.3 send would block

When the send buffer is nearly full, a non-blocking send() takes only a part;
when it is full, send() fails at once. Keep the rest.

Write the class OutputBuffer, for a non-blocking socket:
1. write(data): append data to what is pending, then do what flush() does.
2. flush(): send until nothing is pending or the kernel takes no more (EAGAIN).
3. pending: hold the unsent bytes, a bytearray for each object.
4. Send every byte once, in the order written.
5. Return True if nothing is pending, else False.
6. Never wait. Leave the socket open and non-blocking.
7. Let every error but EAGAIN propagate. Keep what was not sent, including the data
   of a write() that raises.

Open: ValueError instead of OSError, if the socket is closed.

Document: no program there looks at the count.
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        """Begin with nothing pending; `sock` is connected and non-blocking."""
        raise NotImplementedError

    def write(self, data: bytes) -> bool:
        """Send data behind what is pending, as far as the kernel takes it now.

        Returns whether nothing is pending. Raises OSError if the connection
        has failed.
        """
        raise NotImplementedError

    def flush(self) -> bool:
        """Send what is pending, as far as the kernel takes it now.

        Returns whether nothing is pending. Raises OSError if the connection
        has failed.
        """
        raise NotImplementedError
