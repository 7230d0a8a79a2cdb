"""A generator for each client, resumed by its callback: it yields the events that it waits for next."""

import selectors
import socket
import threading
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
        except (BlockingIOError, ConnectionAbortedError):
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


def echo(address: tuple[str, int], data: bytes) -> bytes:
    """One thread sends, and this one reads."""

    def send() -> None:
        try:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            broken.append(error)

    broken: list[OSError] = []
    received = b""
    with socket.create_connection(address) as sock:
        sender = threading.Thread(target=send)
        sender.start()
        try:
            pieces = []
            while piece := sock.recv(1 << 16):
                pieces.append(piece)
            received = b"".join(pieces)
        finally:
            # The server may have ended before it has read everything: nobody waits for room then.
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sender.join()
    if broken:
        # A connection tells its error once: it was the sender that got it, and the end that came here is none.
        raise broken[0]
    return received
