"""Reads the greeting byte by byte and ends the stream only with close(), which resets the connection if there is more behind the greeting.

caught by: test_the_client_says_everything_and_ends
words: the end of your client's stream was a reset
"""

import codecs
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
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    host, port = address[:2]
    try:
        conn.sendall(f"welcome, {host} port {port}\n".encode())
    except OSError:
        return
    while True:
        try:
            data = conn.recv(4096)
        except OSError:
            return
        text = decoder.decode(data, final=not data)
        if text:
            show(text)
        if not data:
            return


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client:
        greeting = read_greeting(client)
        for message in messages:
            client.sendall(message.encode())
    return greeting.decode()


def read_greeting(client: socket.socket) -> bytes:
    """Read the first line, not a byte more, and return it without its newline."""
    greeting = bytearray()
    while (byte := client.recv(1)) != b"\n":
        if not byte:
            raise EOFError("the greeting is cut off")
        greeting += byte
    return bytes(greeting)
