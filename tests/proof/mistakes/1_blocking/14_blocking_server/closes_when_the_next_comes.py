"""Forgets the connection at the end of the stream, and closes it when the next client is there.

caught by: test_at_the_end_of_the_stream_it_closes_the_connection
words: the client ended its side, and your server did not just close the connection
breaks: 5
"""

import codecs
import contextlib
import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    before = contextlib.ExitStack()
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        before.close()
        with contextlib.ExitStack() as this:
            this.enter_context(conn)
            pieces = _said(conn, f"welcome, {host} port {port}\n".encode())
            for text in codecs.iterdecode(pieces, "utf-8", "replace"):
                show(text)
            before = this.pop_all()


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
    return received.partition(b"\n")[0].decode()
