"""1.3 recv merges messages

TCP carries bytes, not messages. One recv() may return three messages, or half
of one.

Write LineReader. readline():
1. Return the next line with its newline (byte 10), byte for byte.
2. Sleep until a line has arrived, in however many pieces, and no longer.
3. After the end, return an unfinished line, then always b"".
4. Raise ValueError for a line over `limit` bytes, newline included, even before
   its newline comes.
5. First return the lines that came before that or an error.
6. Spend no memory on a huge limit.
7. Let every OSError propagate; return no unfinished line then.
8. Leave the socket open and its timeout alone.
9. Hold nothing open once the socket is closed and the reader dropped.

Open: calls after an exception; a reader in a reference cycle, until the
collector runs.
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
