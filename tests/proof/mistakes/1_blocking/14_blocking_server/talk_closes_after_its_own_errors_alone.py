"""The client closes its socket after EOFError and OSError, and not when messages raises something else.

caught by: test_an_error_of_messages_propagates_and_the_socket_is_closed
words: socket 1 is still open
breaks: 10
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
    client = socket.create_connection(address)
    try:
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
    except (OSError, EOFError):
        client.close()
        raise
    client.close()
    return received.partition(b"\n")[0].decode()
