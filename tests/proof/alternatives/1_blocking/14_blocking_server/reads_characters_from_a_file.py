"""Lets file objects over the sockets put characters and lines together."""

import contextlib
import socket
from collections.abc import Callable, Iterable, Iterator


def _characters(conn: socket.socket) -> Iterator[str]:
    with conn.makefile("r", encoding="utf-8", errors="replace", newline="") as said:
        while True:
            try:
                character = said.read(1)
            except OSError:
                return
            if not character:
                return
            yield character


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with contextlib.closing(conn):
            try:
                conn.sendall(bytes("welcome, {} port {}\n".format(*address), "utf-8"))
            except OSError:
                continue
            for character in _characters(conn):
                show(character)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client, client.makefile("rw", encoding="utf-8", newline="\n") as file:
        greeting = file.readline()
        if not greeting.endswith("\n"):
            raise EOFError(greeting)
        file.writelines(messages)
        file.flush()
        client.shutdown(socket.SHUT_WR)
        # The server closes when it has read everything: then it has everything.
        while file.read(1024):
            pass
    return greeting[:-1]
