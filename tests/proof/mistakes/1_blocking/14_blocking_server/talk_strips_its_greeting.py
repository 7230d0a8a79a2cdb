"""The client strips all blanks from its greeting, and not the newline alone.

caught by: test_the_client_says_everything_and_ends
words: your client did not return the line before the newline
breaks: 8
"""

import codecs
import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            pieces = _said(conn, f"welcome, {host} port {port}\n".encode())
            for text in codecs.iterdecode(pieces, "utf-8", "replace"):
                show(text)


def _said(conn: socket.socket, greeting: bytes) -> Iterator[bytes]:
    try:
        conn.sendall(greeting)
        while piece := conn.recv(4096):
            yield piece
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
    return received.partition(b"\n")[0].decode().strip()
