"""Expects a reset in recv() alone: in mid-reply one client ends the server for everybody.

caught by: test_a_reset_in_mid_reply_ends_one_client_alone
words: ECONNRESET
"""

import selectors

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
HIGH = 256 * 1024


class Client:
    def __init__(self, conn, selector, clients):
        self.conn, self.selector, self.clients = conn, selector, clients
        self.unsent = b""
        self.ended = self.paused = False
        conn.setblocking(False)
        clients.add(self)
        selector.register(conn, READ, self.ready)

    def ready(self, conn, mask):
        try:
            if mask & READ:
                self.read()
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        try:
            if self.unsent:
                self.unsent = self.unsent[conn.send(self.unsent) :]
        except BlockingIOError:
            pass
        if self.ended and not self.unsent:
            self.close()
            return
        if len(self.unsent) > HIGH:
            self.paused = True
        elif len(self.unsent) <= HIGH // 4:
            self.paused = False
        reading = not self.ended and not self.paused
        self.selector.modify(conn, (READ if reading else 0) | (WRITE if self.unsent else 0), self.ready)

    def read(self):
        data = self.conn.recv(65536)
        self.ended = not data
        self.unsent += data

    def close(self):
        self.clients.remove(self)
        self.selector.unregister(self.conn)
        self.conn.close()


def serve(listener, selector=None):
    mode = listener.gettimeout()
    listener.setblocking(False)
    own = None
    if selector is None:
        selector = own = selectors.DefaultSelector()
    clients = set()

    def accept(listener, mask):
        try:
            conn, _ = listener.accept()
        except BlockingIOError:
            return
        Client(conn, selector, clients)

    try:
        selector.register(listener, READ, accept)
        while True:
            for key, mask in selector.select():
                key.data(key.fileobj, mask)
    finally:
        for client in list(clients):
            client.close()
        if listener.fileno() != -1:
            selector.unregister(listener)
            listener.settimeout(mode)
        if own is not None:
            own.close()
