"""7.1 C1K echo: one thread, one wait for all, and as few calls as possible for each message.

epoll(7): what a wait costs grows with those that are ready, not with those that are
watched; select(2) does not even take numbers from 1024 on. So the price of a message
is what is called for it: recv(), send(), and its share of a wait. The selector is told
nothing as long as what it waits for stays the same. accept(2), ERRORS: EMFILE leaves the
client in the queue, and so the listener stays readable.
"""

import contextlib
import errno
import selectors
import socket
import time

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
PIECE = 65536  # bytes that are read from one connection in a turn
HIGH = 256 * 1024  # more than that pending for a client, and nothing is read from it
LOW = HIGH // 4  # so little pending, and it is heard again
BATCH = 64  # clients that are accepted in a turn
PAUSE = 0.1  # seconds without accept(), when there is nothing left to make a connection of
NOTHING_LEFT = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class _Echo:
    """A connection, and what its client must still be sent."""

    def __init__(self, conn: socket.socket, selector: selectors.BaseSelector) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self._conn, self._selector = conn, selector
        self._unsent = bytearray()
        self._ended = self._paused = False
        self._events = READ
        selector.register(conn, READ, self)

    def ready(self, mask: int) -> None:
        """Read once, send what there is room for, and see whether there is something else to wait for now."""
        try:
            # No room, or a report that was out of date: neither the end nor an error.
            with contextlib.suppress(BlockingIOError):
                if mask & READ:
                    # One read a turn: who sends without a pause has its turn like everybody else.
                    data = self._conn.recv(PIECE)
                    self._ended = not data
                    self._unsent += data
                # There nearly always is room. To wait for WRITE first would cost each message one turn more,
                # and two changes in the selector.
                if self._unsent:
                    del self._unsent[: self._conn.send(self._unsent)]
        except OSError:
            # A reset can show in either call. It is the end of this connection, and of no other.
            self.close()
        else:
            if self._unsent or self._ended or self._events != READ:
                self._watch()

    def _watch(self) -> None:
        if self._ended and not self._unsent:
            self.close()
            return
        # Between the marks nothing changes. With one mark alone reading would stop and start at each piece.
        if len(self._unsent) > HIGH:
            self._paused = True
        elif len(self._unsent) <= LOW:
            self._paused = False
        # At its end a connection is readable for ever, and with nothing to send it is writable nearly always.
        events = (0 if self._ended or self._paused else READ) | (WRITE if self._unsent else 0)
        if events != self._events:
            self._events = events
            self._selector.modify(self._conn, events, self)

    def close(self) -> None:
        """Unregister and close, in this order: a closed socket has no number any more by which to find it."""
        self._selector.unregister(self._conn)
        self._conn.close()


class _Door:
    """The listener, and whether it is watched just now."""

    def __init__(self, listener: socket.socket, selector: selectors.BaseSelector) -> None:
        self._listener, self._selector = listener, selector
        self._opens = 0.0  # when it will be watched again; 0 while it is
        selector.register(listener, READ, self)

    def ready(self, mask: int) -> None:
        """Take those who wait: many at once, because each wait costs; not all, because others wait, too."""
        for _ in range(BATCH):
            try:
                conn, _ = self._listener.accept()
            except BlockingIOError:
                return  # nobody any more
            except ConnectionAbortedError:
                continue  # one was gone before (accept(2)); the next one may be there
            except OSError as error:
                if error.errno not in NOTHING_LEFT:
                    raise
                # The client stays in the queue and the listener readable: watched on, it would be reported
                # in every turn. There is no event for "a number is free": that takes a clock.
                self._selector.unregister(self._listener)
                self._opens = time.monotonic() + PAUSE
                return
            _Echo(conn, self._selector)

    def patience(self) -> float | None:
        """How long the next wait may last, in seconds."""
        if not self._opens:
            return None
        left = self._opens - time.monotonic()
        if left > 0:
            return left
        self._opens = 0.0
        self._selector.register(self._listener, READ, self)
        return None


def serve(listener: socket.socket, stop: socket.socket) -> None:
    """Send back to every client of a listener what it has sent, in one thread, until `stop` is readable.

    Both sockets stay the caller's. Raises OSError or ValueError if the listener fails.
    """
    # What is on this stack is undone on every way out, in the opposite order.
    with contextlib.ExitStack() as undo:
        selector = undo.enter_context(selectors.DefaultSelector())
        mode = listener.gettimeout()
        listener.setblocking(False)
        undo.callback(listener.settimeout, mode)
        undo.callback(_close_all, selector)
        door = _Door(listener, selector)
        selector.register(stop, READ)
        while True:
            for key, mask in selector.select(door.patience()):
                if key.data is None:
                    return
                key.data.ready(mask)


def _close_all(selector: selectors.BaseSelector) -> None:
    for key in list(selector.get_map().values()):
        if isinstance(key.data, _Echo):
            key.data.close()
