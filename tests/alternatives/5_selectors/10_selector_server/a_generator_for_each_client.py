"""A generator for each client, resumed by its callback: it yields the events that it waits for next."""

import selectors
import socket
from collections.abc import Generator

R, W = selectors.EVENT_READ, selectors.EVENT_WRITE
Talk = Generator[int, None, None]


def _talk(conn: socket.socket) -> Talk:
    """Read, and then send that, by turns: one piece at most is pending."""
    while True:
        yield R
        try:
            piece = memoryview(conn.recv(8192))
        except BlockingIOError:
            continue
        except OSError:
            return
        if not piece:
            return
        while piece:
            try:
                piece = piece[conn.send(piece) :]
            except BlockingIOError:
                yield W
            except OSError:
                return


class _Callback:
    def __init__(self, selector: selectors.BaseSelector, conn: socket.socket) -> None:
        self.selector, self.talk = selector, _talk(conn)
        selector.register(conn, next(self.talk), self)

    def __call__(self, conn: socket.socket, mask: int) -> None:
        events = next(self.talk, 0)
        if events:
            self.selector.modify(conn, events, self)
        else:
            self.selector.unregister(conn)
            conn.close()


def serve(listener: socket.socket, selector: selectors.BaseSelector | None = None) -> None:
    if selector is None:
        with selectors.DefaultSelector() as own:
            serve(listener, own)
        return
    mode = listener.gettimeout()

    def accept(door: socket.socket, mask: int) -> None:
        try:
            while True:
                conn, _ = door.accept()
                conn.setblocking(False)
                _Callback(selector, conn)
        except BlockingIOError:
            pass

    listener.setblocking(False)
    try:
        selector.register(listener, R, accept)
        while True:
            for key, mask in selector.select():
                key.data(key.fileobj, mask)
    finally:
        for key in list(selector.get_map().values()):
            if isinstance(key.data, _Callback) or key.data is accept:
                selector.unregister(key.fileobj)
            if isinstance(key.data, _Callback) and isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        if listener.fileno() >= 0:
            listener.settimeout(mode)
