"""Waits for an exception to tell the end: b"" comes again in every turn, for ever.

caught by: test_when_half_have_left_it_sleeps
words: half of them ended, and their connections were never closed: b'' from recv() is the end
"""

import errno
import selectors
import time

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
HIGH = 256 * 1024


class Client:
    def __init__(self, conn, selector):
        self.conn, self.selector = conn, selector
        self.unsent = b""
        self.ended = False
        conn.setblocking(False)
        selector.register(conn, READ, self)

    def ready(self, mask):
        try:
            if mask & READ:
                data = self.conn.recv(65536)
                self.unsent += data
            if self.unsent:
                self.unsent = self.unsent[self.conn.send(self.unsent) :]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        if self.ended and not self.unsent:
            self.close()
            return
        reading = not self.ended and len(self.unsent) <= HIGH
        self.selector.modify(self.conn, (READ if reading else 0) | (WRITE if self.unsent else 0), self)

    def close(self):
        self.selector.unregister(self.conn)
        self.conn.close()


def serve(listener, stop):
    mode = listener.gettimeout()
    selector = selectors.DefaultSelector()
    shut_until = None
    try:
        listener.setblocking(False)
        selector.register(listener, READ)
        selector.register(stop, READ)
        while True:
            if shut_until is not None and time.monotonic() > shut_until:
                selector.register(listener, READ)
                shut_until = None
            for key, mask in selector.select(None if shut_until is None else 0.1):
                if key.fileobj is stop:
                    return
                if key.data is not None:
                    key.data.ready(mask)
                    continue
                try:
                    conn, _ = listener.accept()
                except BlockingIOError:
                    continue
                except OSError as error:
                    if error.errno != errno.EMFILE:
                        raise
                    selector.unregister(listener)
                    shut_until = time.monotonic() + 0.1
                    continue
                Client(conn, selector)
    finally:
        for key in list(selector.get_map().values()):
            if key.data is not None:
                key.data.close()
        selector.close()
        listener.settimeout(mode)
