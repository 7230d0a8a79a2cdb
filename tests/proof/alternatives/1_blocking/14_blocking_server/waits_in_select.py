"""Waits in select before each call that could wait, and keeps one decoder for each client by hand."""

import codecs
import errno
import select
import socket
from collections.abc import Callable, Iterable


def _receive(conn: socket.socket) -> bytes:
    while not select.select([conn], [], [], 60)[0]:
        pass  # it is silent, and there
    try:
        return conn.recv(16)
    except OSError:
        return b""


def _serve_one(conn: socket.socket, greeting: bytes, show: Callable[[str], None]) -> None:
    try:
        while greeting:
            greeting = greeting[conn.send(greeting) :]
    except OSError:
        return
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    ended = False
    while not ended:
        data = _receive(conn)
        ended = not data
        if text := decoder.decode(data, final=ended):
            show(text)


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        select.select([listener], [], [])
        try:
            conn, address = listener.accept()
        except OSError as error:
            if error.errno == errno.ECONNABORTED:
                continue
            raise
        try:
            host, port = conn.getpeername() if address is None else address
            _serve_one(conn, f"welcome, {host} port {port}\n".encode(), show)
        finally:
            conn.close()


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    client = socket.socket()
    try:
        client.connect(address)
        line = bytearray()
        while line[-1:] != b"\n":
            piece = client.recv(1)
            if piece == b"":
                raise EOFError
            line += piece
        client.sendall("".join(messages).encode())
        while select.select([client], [], [], 0)[0] and client.recv(512):
            pass
    finally:
        client.close()
    return line.decode().rstrip("\n")
