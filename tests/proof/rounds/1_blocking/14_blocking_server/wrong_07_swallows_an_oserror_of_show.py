"""Has the call of show() in the try for the client's errors, and takes an OSError of show() for one of the client.

caught by: test_an_error_of_show_propagates_and_the_connection_is_closed
words: show() failed, and your server took its error for one of the client
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
        while True:
            data = conn.recv(4096)
            text = decoder.decode(data, final=not data)
            if text:
                show(text)
            if not data:
                return
    except OSError:
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
