"""A selector; a generator takes the pieces of each stream and gives its lines. The connections stay blocking."""

import contextlib
import os
import selectors
import socket
import sys
from collections.abc import Callable, Generator, Iterable
from typing import TextIO

Lines = Generator[list[bytes], bytes, None]


def _cut() -> Lines:
    """Takes pieces, gives the lines that they complete; b"" is the end."""
    rest = b""
    lines: list[bytes] = []
    while True:
        piece = yield lines
        *lines, rest = (rest + piece).split(b"\n")
        if not piece and rest:
            lines = [rest]


class Guest:
    def __init__(self, conn: socket.socket, host: str, port: int) -> None:
        self.conn = conn
        self.who = f"{host} port {port}"
        self.lines = _cut()
        next(self.lines)
        self.out = b""

    def hear(self) -> tuple[list[str], bool]:
        try:
            data = self.conn.recv(3000, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return [], False
        except OSError:
            return [], True
        return [f"{self.who}: {line.decode(errors='replace')}" for line in self.lines.send(data)], not data

    def tell(self) -> None:
        try:
            self.out = self.out[self.conn.send(self.out, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            pass
        except OSError:
            self.out = b""  # recv() will tell


class Desk:
    def __init__(self, selector: selectors.BaseSelector, show: Callable[[str], None]) -> None:
        self.selector, self.show = selector, show
        self.guests: list[Guest] = []
        self.waiting: list[Guest] = []
        self.typed = _cut()
        next(self.typed)

    def operator(self, data: bytes) -> None:
        for line in self.typed.send(data):
            if not self.waiting:
                self.show("nobody is waiting for an answer")
                continue
            guest = self.waiting.pop(0)
            guest.out += line + b"\n"
            guest.tell()
            self.watch(guest)

    def watch(self, guest: Guest) -> None:
        mask = selectors.EVENT_READ | (selectors.EVENT_WRITE if guest.out else 0)
        self.selector.modify(guest.conn, mask, guest)

    def enter(self, conn: socket.socket, address: tuple[str, int]) -> None:
        guest = Guest(conn, *address)
        self.guests.append(guest)
        self.selector.register(conn, selectors.EVENT_READ, guest)

    def see_to(self, guest: Guest, mask: int) -> None:
        if mask & selectors.EVENT_WRITE:
            guest.tell()
            self.watch(guest)
        if mask & selectors.EVENT_READ:
            lines, over = guest.hear()
            for line in lines:
                self.show(line)
                self.waiting.append(guest)
            if over:
                self.guests.remove(guest)
                self.waiting = [one for one in self.waiting if one is not guest]
                self.selector.unregister(guest.conn)
                guest.conn.close()


def serve(
    listener: socket.socket, operator: int | socket.socket | TextIO = sys.stdin, show: Callable[[str], None] = print
) -> None:
    with selectors.DefaultSelector() as selector:
        desk = Desk(selector, show)
        selector.register(listener, selectors.EVENT_READ)
        selector.register(operator, selectors.EVENT_READ)
        try:
            while True:
                for key, mask in selector.select():
                    if key.fileobj is listener:
                        with contextlib.suppress(ConnectionAbortedError):
                            desk.enter(*listener.accept())
                    elif key.fileobj is operator:
                        data = os.read(key.fd, 8192)
                        if not data:
                            return
                        desk.operator(data)
                    else:
                        desk.see_to(key.data, mask)
        finally:
            for guest in desk.guests:
                guest.conn.close()


def ask(address: tuple[str, int], lines: Iterable[str]) -> list[str]:
    heard, come, answers = _cut(), list[bytes](), list[str]()
    next(heard)
    with socket.create_connection(address) as conn:
        for line in lines:
            if line:
                conn.sendall(f"{line}\n".encode())
                while not come:
                    piece = conn.recv(700)
                    if not piece:
                        raise EOFError("the server has left")
                    come += heard.send(piece)
            answers.append(come.pop(0).decode(errors="replace") if line else "")
    return answers
