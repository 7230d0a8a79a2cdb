"""Expects a reset in recv() alone: in mid-reply one client ends the server for everybody.

caught by: test_a_reset_in_mid_reply_ends_one_client_alone
words: ECONNRESET
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
        if mask & READ:
            try:
                data = self.conn.recv(65536)
            except OSError:
                self.close()
                return
            self.ended = not data
            self.unsent += data
        try:
            if self.unsent:
                self.unsent = self.unsent[self.conn.send(self.unsent) :]
        except BlockingIOError:
            pass
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
