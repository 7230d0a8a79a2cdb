"""Takes every error of accept() for an empty queue: at the limit the listener stays readable.

caught by: test_at_the_limit_of_descriptors_it_serves_on
words: accept() raised EMFILE, the client stayed in the queue, and the server went on turning: a busy loop
"""

import selectors

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
                self.ended = not data
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
    try:
        listener.setblocking(False)
        selector.register(listener, READ)
        selector.register(stop, READ)
        while True:
            for key, mask in selector.select():
                if key.fileobj is stop:
                    return
                if key.data is not None:
                    key.data.ready(mask)
                    continue
                try:
                    conn, _ = listener.accept()
                except OSError:
                    continue
                Client(conn, selector)
    finally:
        for key in list(selector.get_map().values()):
            if key.data is not None:
                key.data.close()
        selector.close()
        listener.settimeout(mode)
