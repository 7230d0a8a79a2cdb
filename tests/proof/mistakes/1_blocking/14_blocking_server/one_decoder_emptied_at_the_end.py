"""Keeps one decoder for all clients, which the end of a stream empties and a reset does not.

caught by: test_invalid_utf8_is_replaced
words: half a character of one client together
breaks: 3
"""

import codecs
import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            for piece in _said(conn, f"welcome, {host} port {port}\n".encode()):
                if text := decoder.decode(piece, final=not piece):
                    show(text)


def _said(conn: socket.socket, greeting: bytes) -> Iterator[bytes]:
    try:
        conn.sendall(greeting)
        piece = b"nothing so far"
        while piece:
            piece = conn.recv(4096)
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
    return received.partition(b"\n")[0].decode()
