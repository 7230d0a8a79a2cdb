"""Reads characters from a text file in its usual mode, which makes \\n of \\r\\n and of \\r.

caught by: test_it_greets_once_and_shows_what_is_said
words: your server did not show what the client said, as it came
breaks: 2
"""

import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
            except OSError:
                continue
            for text in _said(conn):
                show(text)


def _said(conn: socket.socket) -> Iterator[str]:
    with conn.makefile(encoding="utf-8", errors="replace") as file:
        try:
            while character := file.read(1):
                yield character
        except OSError:
            pass


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client:
        received = b""
        while b"\n" not in received:
            piece = client.recv(1024)
            if not piece:
                raise EOFError("the server ended before its greeting was whole")
            received += piece
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    return received.partition(b"\n")[0].decode()
