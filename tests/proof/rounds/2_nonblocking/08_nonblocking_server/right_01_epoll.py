"""Of the kind with epoll in place of the sleep, also for room and for arrivals."""

import codecs
import select
import socket
from collections.abc import Callable
from contextlib import ExitStack

ROUND = 0.2  # seconds; then accept() is tried in any case


class Client:
    def __init__(self, conn: socket.socket, address: tuple) -> None:
        conn.setblocking(False)
        self.conn = conn
        self.rest = f"welcome, {address[0]} port {address[1]}\n".encode()
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def wants(self) -> int:
        return select.EPOLLIN | (select.EPOLLOUT if self.rest else 0)

    def turn(self, show: Callable[[str], None]) -> bool:
        """Send and receive what goes without waiting; return whether the client is still there."""
        broken = False
        if self.rest:
            try:
                self.rest = self.rest[self.conn.send(self.rest) :]
            except BlockingIOError:
                pass
            except OSError:
                broken = True
        while True:
            try:
                data = self.conn.recv(8192)
            except BlockingIOError:
                return not broken
            except OSError:
                return False
            text = self.decode(data, not data)
            if text:
                show(text)
            if not data:
                return False
            if not broken:
                return True  # the others first; epoll reports what is left


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    clients: dict[int, Client] = {}
    with ExitStack() as stack:
        stack.callback(restore, listener, listener.gettimeout())
        stack.callback(close_all, clients)
        listener.setblocking(False)
        epoll = stack.enter_context(select.epoll())
        epoll.register(listener, select.EPOLLIN)
        while True:
            ready = [fd for fd, _ in epoll.poll(ROUND) if fd in clients]
            try:
                conn, address = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                pass
            else:
                fd = conn.fileno()
                clients[fd] = Client(conn, address)
                epoll.register(fd, select.EPOLLIN)
                ready.append(fd)
            for fd in ready:
                client = clients[fd]
                if client.turn(show):
                    epoll.modify(fd, client.wants())
                else:
                    epoll.unregister(fd)
                    client.conn.close()
                    del clients[fd]


def close_all(clients: dict[int, Client]) -> None:
    for client in clients.values():
        client.conn.close()


def restore(listener: socket.socket, timeout: float | None) -> None:
    if listener.fileno() != -1:
        listener.settimeout(timeout)
