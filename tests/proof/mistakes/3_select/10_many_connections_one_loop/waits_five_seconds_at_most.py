"""Waits for five seconds at most, whatever the caller asked for.

caught by: test_the_timeout_limits_the_wait
words: the step was over before its 5.5 s
"""

import select
import socket

PIECE = 65536  # bytes that are read from one connection in a step
FULL = 1 << 20  # unsent bytes at which a client that does not read is not heard any more


class EchoServer:
    """Sends back to each client what it has sent, in one thread."""

    def __init__(self, listener: socket.socket) -> None:
        """Take a listening socket, in any mode; it stays the caller's."""
        self.addresses: dict[socket.socket, tuple[str, int]] = {}
        self._unsent: dict[socket.socket, bytearray] = {}
        self._ended: set[socket.socket] = set()
        self._listener = listener
        self._mode = listener.gettimeout()
        # Somebody else may be faster: between select() and accept() the queue can become empty again.
        listener.setblocking(False)

    def step(self, timeout: float | None = None) -> None:
        """Wait until something is ready, at most `timeout` seconds, None without limit, and handle that once.

        Raises OSError if the listener fails.
        """
        # A connection at its end is readable for ever, one with room writable for ever: ask for neither.
        readers = [conn for conn in self.addresses if conn not in self._ended and len(self._unsent[conn]) < FULL]
        writers = [conn for conn in self.addresses if self._unsent[conn]]
        readable, writable, _ = select.select(
            [self._listener, *readers], writers, [], 5 if timeout is None else min(timeout, 5)
        )
        if self._listener in readable:
            readable.remove(self._listener)
            self._accept()
        # One pass over what was found, and one read for each: who sends much waits for its next turn like the others.
        for conn in readable:
            self._see_to(conn, may_read=True)
        for conn in writable:
            # Reading may have shown that the connection is broken, and closed it.
            if conn in self.addresses:
                self._see_to(conn, may_read=False)

    def close(self) -> None:
        """Close every connection."""
        for conn in list(self.addresses):
            self._drop(conn)
        self._listener.settimeout(self._mode)

    def _accept(self) -> None:
        try:
            conn, address = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # somebody else was faster, or the client was gone before (accept(2), ECONNABORTED)
        # On Linux it does not inherit O_NONBLOCK from the listener (accept(2)).
        conn.setblocking(False)
        # The address comes with accept(). getpeername() would fail if the client is gone already.
        self.addresses[conn] = address
        self._unsent[conn] = bytearray()

    def _see_to(self, conn: socket.socket, may_read: bool) -> None:
        unsent = self._unsent[conn]
        try:
            if may_read:
                data = conn.recv(PIECE)
                if not data:
                    self._ended.add(conn)
                unsent += data  # bytes as they are: half a character is no business of an echo
            if unsent:
                # It may take a part. What is left goes out when select() finds room again.
                del unsent[: conn.send(unsent)]
        except BlockingIOError:
            pass
        except OSError:
            # A reset, or a client that is gone: the end of this connection, and of no other.
            self._drop(conn)
        else:
            if conn in self._ended and not unsent:
                self._drop(conn)

    def _drop(self, conn: socket.socket) -> None:
        del self.addresses[conn], self._unsent[conn]
        self._ended.discard(conn)
        conn.close()
