"""Keeps the greeting of each host, so that a second client from the same host is greeted with the first one's port.

caught by: test_the_second_client_waits_until_the_first_has_left
words: the first client left, and your server did not greet the second
"""

import codecs
import socket
from collections.abc import Callable, Iterable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    greetings: dict[str, bytes] = {}
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        host, port = address[:2]
        if host not in greetings:
            greetings[host] = f"welcome, {host} port {port}\n".encode()
        with conn:
            serve_one(conn, greetings[host], show)


def serve_one(conn: socket.socket, greeting: bytes, show: Callable[[str], None]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        conn.sendall(greeting)
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
