"""Of the kind that reads through file objects: one character at a time from a text file, readline() from a buffered one."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn, closing(characters(conn, address)) as said:
            for character in said:
                show(character)


def characters(conn: socket.socket, address: tuple) -> Iterator[str]:
    """Greet the client; yield what it says, until it has ended or is gone."""
    host, port = address[:2]
    # newline="\n": nothing is translated, and no "\r" is held back.
    with conn.makefile("r", encoding="utf-8", errors="replace", newline="\n") as said:
        try:
            conn.sendall(f"welcome, {host} port {port}\n".encode())
        except OSError:
            return
        while True:
            try:
                character = said.read(1)
            except OSError:
                return
            if not character:
                return
            yield character


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client, client.makefile("rb") as heard:
        line = heard.readline()
        if not line.endswith(b"\n"):
            raise EOFError("the server ended within its greeting")
        greeting = line[:-1].decode()
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        # Unread input would turn close() into a reset. Take what has come.
        try:
            while client.recv(65536, socket.MSG_DONTWAIT):
                pass
        except OSError:
            pass
    return greeting
