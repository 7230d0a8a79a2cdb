"""Reads what clients say through a text file in its usual mode, which turns CR LF and a lone CR into LF.

caught by: test_it_greets_once_and_shows_what_is_said
words: your server did not show what the client said, as it came
"""

import socket
from collections.abc import Callable, Iterable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            serve_one(conn, address, show)


def serve_one(conn: socket.socket, address: tuple, show: Callable[[str], None]) -> None:
    host, port = address[:2]
    with conn.makefile("r", encoding="utf-8", errors="replace") as said:
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
            show(character)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client:
        greeting, newline, _ = read_greeting(client).partition(b"\n")
        if not newline:
            raise EOFError("the greeting is cut off")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        throw_away_what_is_there(client)
        return greeting.decode()


def read_greeting(client: socket.socket) -> bytes:
    """Read up to the first newline, maybe more, or up to the end."""
    data = b""
    while b"\n" not in data:
        piece = client.recv(1024)
        if not piece:
            break
        data += piece
    return data


def throw_away_what_is_there(client: socket.socket) -> None:
    """Unread input would turn close() into a reset."""
    try:
        while client.recv(65536, socket.MSG_DONTWAIT):
            pass
    except OSError:
        pass
