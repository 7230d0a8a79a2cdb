"""Works on descriptors with os.read and os.write; a reading and a writing callback take turns as data."""

import contextlib
import os
import selectors
import socket
from functools import partial


class Server:
    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.conns: set[socket.socket] = set()

    def accept(self, listener: socket.socket, mask: int) -> None:
        try:
            conn, _ = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        os.set_blocking(conn.fileno(), False)
        self.conns.add(conn)
        self.selector.register(conn, selectors.EVENT_READ, self.read)

    def read(self, conn: socket.socket, mask: int) -> None:
        try:
            data = os.read(conn.fileno(), 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.write(data, conn, mask)
        else:
            self.close(conn)

    def write(self, data: bytes, conn: socket.socket, mask: int) -> None:
        try:
            data = data[os.write(conn.fileno(), data) :]
        except BlockingIOError:
            pass
        except OSError:
            self.close(conn)
            return
        if data:
            self.selector.modify(conn, selectors.EVENT_WRITE, partial(self.write, data))
        else:
            self.selector.modify(conn, selectors.EVENT_READ, self.read)

    def close(self, conn: socket.socket) -> None:
        self.conns.remove(conn)
        self.selector.unregister(conn)
        conn.close()


def serve(listener: socket.socket, selector: selectors.BaseSelector | None = None) -> None:
    with contextlib.ExitStack() as stack:
        if selector is None:
            selector = stack.enter_context(selectors.DefaultSelector())
        if listener.getblocking():
            stack.callback(listener.settimeout, listener.gettimeout())
            listener.setblocking(False)
        server = Server(selector)
        selector.register(listener, selectors.EVENT_READ, server.accept)
        stack.callback(selector.unregister, listener)
        try:
            while True:
                for key, mask in selector.select():
                    key.data(key.fileobj, mask)
        finally:
            for conn in list(server.conns):
                server.close(conn)


def echo(address: tuple[str, int], data: bytes) -> bytes:
    chunks: list[bytes] = []
    view = memoryview(data)
    with contextlib.closing(socket.create_connection(address)) as sock, selectors.SelectSelector() as selector:
        sock.settimeout(0)
        ended = False
        while not chunks or chunks[-1]:
            if not view and not ended:
                sock.shutdown(socket.SHUT_WR)
                ended = True
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if view else 0)
            key = selector.register(sock, events)
            ready = selector.select()[0][1]
            selector.unregister(sock)
            if ready & selectors.EVENT_WRITE:
                with contextlib.suppress(BlockingIOError):
                    view = view[os.write(key.fd, view[:65536]) :]
            if ready & selectors.EVENT_READ:
                with contextlib.suppress(BlockingIOError):
                    chunks.append(os.read(key.fd, 65536))
    return b"".join(chunks)
