"""1.3 recv merges messages: the reader draws the borders that TCP does not keep.

RFC 9293, section 3.7: TCP is a stream of bytes, and a segment's or a send's borders
mean nothing to the receiver. recv(2) returns what is there, up to the size asked for.
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        """Read from `sock`; no line may have more than `limit` bytes, its newline counted."""
        self._sock = sock
        self._limit = limit
        # What has been received and not yet been returned. It outlives a call, because
        # one recv() may bring several lines; it is this reader's, because a stream is.
        self._buffer = bytearray()

    def readline(self) -> bytes:
        """Return the next line with its newline, the tail at the end, then b"".

        Sleeps until the line is complete. Raises ValueError for a line over the
        limit, and OSError if the connection fails.
        """
        # Look before receiving: the line may have come together with the last one.
        while not (size := self._buffer.find(b"\n") + 1):
            # A peer that never sends a newline must not fill the memory.
            if len(self._buffer) > self._limit:
                raise ValueError(f"no newline within {self._limit} bytes")
            piece = self._sock.recv(4096)
            if not piece:
                # The end of the stream ends the last line too; an empty one is the end itself.
                size = len(self._buffer)
                break
            self._buffer += piece
        # The limit is for this line, not for all that has arrived together with it.
        if size > self._limit:
            raise ValueError(f"a line of {size} bytes, and the limit is {self._limit}")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        return line
