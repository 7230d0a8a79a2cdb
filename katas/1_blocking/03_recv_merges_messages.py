"""1.3 recv merges messages

TCP carries bytes, not messages: what the peer sent in three calls may come out
of one recv(), and the end of a message may come together with the beginning of
the next.

Write LineReader, which gives a stream its lines back. readline() returns the
next line and the newline (byte 10) that ends it. It returns a line that has
arrived without waiting for more, and waits for the rest of one that has not. When
the peer has ended the stream in the middle of a line, that tail is returned as it
is; from then on readline() returns b"".

No line may be longer than the limit, its newline counted: readline() raises
ValueError when it comes to one, whether or not its newline has come. The lines
before it come out first. The limit may be any number, however large, and takes
no memory. A reset is not an end: its error propagates. What readline() does
after it has raised is open.

The socket stays the caller's: it is not closed, and keeps its timeout. Once the
caller has closed it and the reader is gone, nothing holds it open. Lines that
had arrived come out, also before an error; an incomplete one only at the end.

Document: programs 1 to 5, wherever one recv(1024) is taken for one message.
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        """Read from `sock`; no line may have more than `limit` bytes, its newline counted."""
        raise NotImplementedError

    def readline(self) -> bytes:
        """Return the next line with its newline, the tail at the end, then b"".

        Sleeps until the line is complete. Raises ValueError for a line over the
        limit, and OSError if the connection fails.
        """
        raise NotImplementedError
