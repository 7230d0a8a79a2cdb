"""Sends once, and drops what the kernel did not take: it reads on from a client that does not read.

caught by: test_a_client_that_does_not_read_is_not_read_from
words: it keeps, or loses, what it cannot send back
"""

import contextlib
import errno
import selectors
import socket
import time

READ, WRITE = (selectors.EVENT_READ, selectors.EVENT_WRITE)
PIECE = 65536
HIGH = 256 * 1024
LOW = HIGH // 4
BATCH = 64
PAUSE = 0.1
NOTHING_LEFT = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class _Echo:
    def __init__(self, conn, selector):
        conn.setblocking(False)
        self._conn, self._selector = (conn, selector)
        self._unsent = bytearray()
        self._ended = self._paused = False
        self._events = READ
        selector.register(conn, READ, self)

    def ready(self, mask):
        try:
            with contextlib.suppress(BlockingIOError):
                if mask & READ:
                    data = self._conn.recv(PIECE)
                    self._ended = not data
                    self._unsent += data
                if self._unsent:
                    try:
                        self._conn.send(self._unsent)
                    finally:
                        self._unsent.clear()
        except OSError:
            self.close()
        else:
            if self._unsent or self._ended or self._events != READ:
                self._watch()

    def _watch(self):
        if self._ended and (not self._unsent):
            self.close()
            return
        if len(self._unsent) > HIGH:
            self._paused = True
        elif len(self._unsent) <= LOW:
            self._paused = False
        events = (0 if self._ended or self._paused else READ) | (WRITE if self._unsent else 0)
        if events != self._events:
            self._events = events
            self._selector.modify(self._conn, events, self)

    def close(self):
        self._selector.unregister(self._conn)
        self._conn.close()


class _Door:
    def __init__(self, listener, selector):
        self._listener, self._selector = (listener, selector)
        self._opens = 0.0
        selector.register(listener, READ, self)

    def ready(self, mask):
        for _ in range(BATCH):
            try:
                conn, _ = self._listener.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            except OSError as error:
                if error.errno not in NOTHING_LEFT:
                    raise
                self._selector.unregister(self._listener)
                self._opens = time.monotonic() + PAUSE
                return
            _Echo(conn, self._selector)

    def patience(self):
        if not self._opens:
            return None
        left = self._opens - time.monotonic()
        if left > 0:
            return left
        self._opens = 0.0
        self._selector.register(self._listener, READ, self)
        return None


def serve(listener, stop):
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


def _close_all(selector):
    for key in list(selector.get_map().values()):
        if isinstance(key.data, _Echo):
            key.data.close()
