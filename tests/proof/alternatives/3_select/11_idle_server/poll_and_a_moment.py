"""poll, and the moment of the next idle(): each event puts it off. Connections stay blocking, calls do not."""

import math
import select
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack

NOW = socket.MSG_DONTWAIT


class Guests:
    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.poll = select.poll()
        self.poll.register(listener.fileno(), select.POLLIN)
        self.conns: dict[int, socket.socket] = {}
        self.unsent: dict[int, bytes] = {}
        self.ended: set[int] = set()

    def admit(self) -> None:
        try:
            conn, (host, port) = self.listener.accept()
        except ConnectionAbortedError:
            return
        self.conns[conn.fileno()] = conn
        self.unsent[conn.fileno()] = b"welcome, %b port %d\n" % (host.encode(), port)
        self.serve(conn.fileno(), False)

    def serve(self, fd: int, hear: bool) -> None:
        try:
            if hear and fd not in self.ended:
                data = self.conns[fd].recv(50_000, NOW)
                self.unsent[fd] += data
                if not data:
                    self.ended.add(fd)
            if self.unsent[fd]:
                self.unsent[fd] = self.unsent[fd][self.conns[fd].send(self.unsent[fd], NOW) :]
        except BlockingIOError:
            pass
        except OSError:
            self.ended.add(fd)
            self.unsent[fd] = b""
        self.watch(fd)

    def watch(self, fd: int) -> None:
        if fd in self.ended and not self.unsent[fd]:
            self.ended.remove(fd)
            if fd in self.conns:
                self.poll.register(fd)
                self.poll.unregister(fd)
            self.conns.pop(fd).close()
            return
        self.poll.register(fd, (fd not in self.ended and select.POLLIN) | ((self.unsent[fd] and select.POLLOUT) or 0))

    def close(self) -> None:
        for conn in self.conns.values():
            conn.close()


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], object] = lambda: print("-")) -> None:
    with ExitStack() as stack:
        stack.callback(listener.settimeout, listener.gettimeout())
        listener.settimeout(0)
        guests = Guests(listener)
        stack.callback(guests.close)
        due = time.monotonic() + limit
        while True:
            left = max(0, math.ceil(1000 * (due - time.monotonic())))  # milliseconds
            events = guests.poll.poll(left)
            for fd, mask in events:
                if fd == listener.fileno():
                    guests.admit()
                else:
                    guests.serve(fd, bool(mask & ~select.POLLOUT))
            if events:
                due = time.monotonic() + limit
            elif time.monotonic() >= due:
                idle()
                due += limit


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    with ExitStack() as stack:
        client = stack.enter_context(socket.socket())
        client.connect(address)

        def get(size: int) -> bytes:
            data = client.recv(size, socket.MSG_WAITALL) if size else b""
            if len(data) < size:
                raise EOFError(f"{size} bytes were to come, and {len(data)} did")
            return data

        def exchange(message: bytes) -> bytes:
            client.sendall(message)
            return get(len(message))

        greeting = b"".join(iter(lambda: get(1), b"\n"))
        return greeting.decode(), [exchange(message) for message in messages]


def repeats(listener: socket.socket, turns: int) -> int:
    look = select.poll()
    look.register(listener, select.POLLIN)
    number = 0
    while turns > 0:
        number += len(look.poll(0))
        turns -= 1
    return number
