"""Reads at most 1024 bytes of the greeting, and takes a longer line for one that is cut off.

caught by: test_the_client_waits_for_the_whole_greeting
words: the greeting was still coming, and your client gave it up
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
    while b"\n" not in data and len(data) < 1024:
        piece = client.recv(1024 - len(data))
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
