"""Catches ConnectionError for a client that is gone: ETIMEDOUT is none, and ends everything.

caught by: test_a_reset_ends_one_client_alone
words: ETIMEDOUT
"""

import contextlib
import selectors
import socket

PIECE = 65536  # bytes that are read from one connection in a turn
HIGH = 256 * 1024  # more than that pending for a client, and nothing is read from it
LOW = HIGH // 4  # so little pending, and it is heard again


class _Echo:
    """A connection, registered with its own callback, and what its client must still be sent."""

    def __init__(self, conn: socket.socket, selector: selectors.BaseSelector, everybody: set["_Echo"]) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self._conn, self._selector, self._everybody = conn, selector, everybody
        self._unsent = bytearray()
        self._paused = False
        self._ended = False
        everybody.add(self)
        selector.register(conn, selectors.EVENT_READ, self.ready)

    def ready(self, conn: socket.socket, mask: int) -> None:
        """Read what there is, send what there is room for, and tell the selector what to wait for next."""
        try:
            if mask & selectors.EVENT_READ:
                self._read()
            if self._unsent:
                self._send()
        except ConnectionError:
            # A reset can show in either call. It is the end of this connection, and of no other.
            self.close()
            return
        if self._ended and not self._unsent:
            self.close()
        else:
            self._watch()

    def _read(self) -> None:
        try:
            # One read a turn: who sends without a pause has its turn like everybody else.
            data = self._conn.recv(PIECE)
        except BlockingIOError:
            return  # a report can be out of date: neither the end nor an error
        # b"" and no exception is how an orderly end shows, on every system. The client may still read.
        self._ended = not data
        self._unsent += data  # bytes as they are: what they mean is no business of an echo

    def _send(self) -> None:
        try:
            # It may take a part. What is left goes out when the selector reports room.
            del self._unsent[: self._conn.send(self._unsent)]
        except BlockingIOError:
            pass

    def _watch(self) -> None:
        # Between the marks nothing changes. With one mark alone reading would stop and start at each piece.
        if len(self._unsent) > HIGH:
            self._paused = True
        elif len(self._unsent) <= LOW:
            self._paused = False
        events = 0
        # At its end a connection is readable for ever.
        if not self._ended and not self._paused:
            events |= selectors.EVENT_READ
        # There nearly always is room: asked for with nothing to send, select() would never sleep.
        if self._unsent:
            events |= selectors.EVENT_WRITE
        # The data has to be said again: without it the new key has None. It is never 0 events: who pauses has output.
        self._selector.modify(self._conn, events, self.ready)

    def close(self) -> None:
        """Unregister and close, in this order: a closed socket has no number any more by which to find it."""
        self._everybody.discard(self)
        self._selector.unregister(self._conn)
        self._conn.close()


def serve(listener: socket.socket, selector: selectors.BaseSelector | None = None) -> None:
    """Send back to every client of a listener what it has sent, in one thread, for ever.

    `selector` stays the caller's; without one serve() makes a DefaultSelector.
    Raises OSError or ValueError if the listener fails, and whatever a callback
    of the caller's raises.
    """
    # What is on this stack is undone on every way out, in the opposite order. Ctrl-C is one of the ways.
    with contextlib.ExitStack() as undo:
        watched = undo.enter_context(selectors.DefaultSelector()) if selector is None else selector
        everybody: set[_Echo] = set()

        def accept(door: socket.socket, mask: int) -> None:
            try:
                conn, _ = door.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return  # somebody else was faster, or the client was gone before (accept(2), ECONNABORTED)
            _Echo(conn, watched, everybody)

        undo.callback(listener.settimeout, listener.gettimeout())
        listener.setblocking(False)
        watched.register(listener, selectors.EVENT_READ, accept)
        undo.callback(watched.unregister, listener)
        undo.callback(_close_all, everybody)
        while True:
            for key, mask in watched.select():
                # No `try` here: each connection sees to its own errors, and the others are not ours to hide.
                key.data(key.fileobj, mask)


def _close_all(everybody: set[_Echo]) -> None:
    for connection in list(everybody):
        connection.close()


def echo(address: tuple[str, int], data: bytes) -> bytes:
    """Send data to the echo server at `address`, and return all that comes back.

    Raises ConnectionRefusedError if nobody listens there, ConnectionResetError
    or BrokenPipeError if the server resets; no socket is left open.
    """
    rest = memoryview(data)  # slicing it copies nothing
    received = bytearray()
    # create_connection() closes its socket itself when the connection fails; `with` does on every later way out.
    with socket.create_connection(address) as sock, selectors.DefaultSelector() as selector:
        # A blocking send() would wait for room for all of it, and meanwhile nobody would take the echo.
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            for _, mask in selector.select():
                if mask & selectors.EVENT_READ:
                    piece = sock.recv(PIECE)
                    if not piece:
                        return bytes(received)
                    received += piece
                if mask & selectors.EVENT_WRITE:
                    rest = rest[sock.send(rest) :]
                    if not rest:
                        # The server has to know that this was all, or both would wait for more. If the
                        # connection is broken by now, this says ENOTCONN; the next recv() says why.
                        with contextlib.suppress(OSError):
                            sock.shutdown(socket.SHUT_WR)
                        # There is room for ever now: asked for, select() would never sleep.
                        selector.modify(sock, selectors.EVENT_READ)
