"""Keeps whatever is not taken, and reads on: who does not read fills the relay's memory.

caught by: test_what_nobody_takes_stays_with_the_sender
words: one side did not read, and the relay read on for it: it keeps, or loses, what it cannot pass on
"""

import errno
import selectors
import socket
from contextlib import suppress

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
UNDER_WAY = (0, errno.EINPROGRESS)


class Relay:
    def __init__(self, loop: selectors.BaseSelector, a: socket.socket, b: socket.socket, connecting: bool) -> None:
        self.loop, self.connecting = loop, connecting
        self.other = {a: b, b: a}
        self.pending = {a: b"", b: b""}  # to be sent to this one
        self.ended: set[socket.socket] = set()  # these have said everything
        self.told: set[socket.socket] = set()  # and these know it of the other one
        self.watched: dict[socket.socket, int] = {a: 0, b: 0}
        self.server = b
        for sock in (a, b):
            sock.setblocking(False)
        self.update()

    def wanted(self, sock: socket.socket) -> int:
        if self.connecting:
            return WRITE if sock is self.server else 0
        read = sock not in self.ended
        return (READ if read else 0) | (WRITE if self.pending[sock] else 0)

    def update(self) -> None:
        for sock, before in self.watched.items():
            now = self.wanted(sock)
            if now and before:
                self.loop.modify(sock, now, self)
            elif now:
                self.loop.register(sock, now, self)
            elif before:
                self.loop.unregister(sock)
            self.watched[sock] = now

    def ready(self, sock: socket.socket, mask: int) -> None:
        try:
            if self.connecting:
                if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise ConnectionError
                self.connecting = False
            else:
                with suppress(BlockingIOError):
                    self.move(sock, mask)
            for one, other in self.other.items():
                if one in self.ended and other not in self.told and not self.pending[other]:
                    other.shutdown(socket.SHUT_WR)
                    self.told.add(other)
        except OSError:
            self.close()
        else:
            self.close() if len(self.told) == 2 else self.update()

    def move(self, sock: socket.socket, mask: int) -> None:
        if mask & WRITE:
            self.pending[sock] = self.pending[sock][sock.send(self.pending[sock]) :]
        if mask & READ:
            data = sock.recv(32768)
            self.pending[self.other[sock]] += data
            if not data:
                self.ended.add(sock)

    def close(self) -> None:
        for sock, mask in self.watched.items():
            if mask:
                self.loop.unregister(sock)
            sock.close()
        self.watched.clear()


def turn(loop: selectors.BaseSelector) -> list[object]:
    seen: list[object] = []
    for key, mask in loop.select():
        if isinstance(key.data, Relay):
            if key.fileobj in key.data.watched:
                key.data.ready(key.fileobj, mask)
        else:
            seen.append(key.fileobj)
    return seen


def relay(a: socket.socket, b: socket.socket) -> None:
    with selectors.DefaultSelector() as loop:
        only = Relay(loop, a, b, connecting=False)
        while only.watched:
            turn(loop)


def serve(listener: socket.socket, stop: socket.socket, upstream: tuple[str, int]) -> None:
    mode = listener.gettimeout()
    listener.setblocking(False)
    loop = selectors.DefaultSelector()
    try:
        loop.register(listener, READ)
        loop.register(stop, READ)
        while True:
            seen = turn(loop)
            if stop in seen:
                return
            if listener in seen:
                with suppress(BlockingIOError):
                    client = listener.accept()[0]
                    server = socket.socket()
                    server.setblocking(False)
                    if server.connect_ex(upstream) in UNDER_WAY:
                        Relay(loop, client, server, connecting=True)
                    else:
                        client.close()
                        server.close()
    finally:
        for made in {key.data for key in loop.get_map().values() if key.data}:
            made.close()
        loop.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)
