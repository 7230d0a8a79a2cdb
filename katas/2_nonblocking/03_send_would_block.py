"""2.3 send would block

When the buffers between two peers are full, send() on a non-blocking socket
fails at once; shortly before that it takes only a part of what it was given.
Whatever it did not take is still the sender's to keep.

Write the class OutputBuffer. It stands between a program that always wants to
send and a non-blocking socket that cannot always take:

    write(data)    puts data behind all that is still pending, sends as much of
                   both as the kernel takes now, and keeps the rest
    flush()        sends as much of what is pending as the kernel takes now
    pending        a bytearray: the bytes that were written and not yet sent

write() and flush() return True when nothing is pending any more, else False.
Neither of them waits. Every byte goes out once, in the order of the writes.
An error of the connection propagates, and what was not sent stays pending, the
data of this write() too. The socket is the caller's.

Document: not in it; its servers look at nothing that send() returns, which
on a non-blocking connection loses the end of a long answer.
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
