"""Looks for clients now and then and sleeps in between, where nobody can wake it.

caught by: test_a_client_is_greeted_with_its_own_address
words: time.sleep() cannot be woken by a socket
breaks: 4
"""

import codecs
import socket
import time
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    listener.setblocking(False)
    while True:
        try:
            conn, (host, port) = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            time.sleep(0.01)
            continue
        conn.setblocking(True)
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
    return received.partition(b"\n")[0].decode()
