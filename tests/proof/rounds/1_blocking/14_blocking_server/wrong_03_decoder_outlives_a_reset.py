"""Uses one decoder for all clients; the end of a stream empties it, but after a reset half a character is left for the next client.

caught by: test_invalid_utf8_is_replaced
words: half a character of one client together
"""

import codecs
import socket
from collections.abc import Callable, Iterable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            serve_one(conn, address, decoder, show)


def serve_one(
    conn: socket.socket,
    address: tuple,
    decoder: codecs.IncrementalDecoder,
    show: Callable[[str], None],
) -> None:
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
