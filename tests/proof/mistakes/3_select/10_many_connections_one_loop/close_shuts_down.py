"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: close() raises, and others stay open.

caught by: test_close_closes_the_connections_and_no_more
words: a client had reset, and close() raised the error of its connection
"""

import select
import socket
from collections.abc import Generator

Talk = Generator[str, None, None]


def talk(conn):
    data = b""
    while True:
        yield "read"
        try:
            data = conn.recv(4096)
        except BlockingIOError:
            continue
        if not data:
            return
        while data:
            try:
                data = data[conn.send(data) :]
            except BlockingIOError:
                yield "write"


class EchoServer:
    def __init__(self, listener):
        self.addresses = {}
        self._listener, self._before = (listener, listener.gettimeout())
        self._talks = {}

    def step(self, timeout=None):
        self._listener.setblocking(False)
        wants = {"read": [self._listener], "write": []}
        for conn, (_, want) in self._talks.items():
            wants[want].append(conn)
        readable, writable, _ = select.select(wants["read"], wants["write"], [], timeout)
        for sock in readable + writable:
            if sock is self._listener:
                self._enter()
            else:
                self._go_on(sock)

    def _enter(self):
        try:
            conn, address = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        conn.setblocking(False)
        self.addresses[conn] = address
        one = talk(conn)
        self._talks[conn] = (one, next(one))

    def _go_on(self, conn):
        one, _ = self._talks[conn]
        try:
            self._talks[conn] = (one, next(one))
        except (StopIteration, OSError):
            del self._talks[conn], self.addresses[conn]
            conn.close()

    def close(self):
        for conn in self.addresses:
            conn.shutdown(socket.SHUT_RDWR)
            conn.close()
        self.addresses.clear()
        self._talks.clear()
        self._listener.settimeout(self._before)
