"""Takes from a buffered file what one read of the kernel brings; the client reads byte by byte."""

import codecs
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    for conn, (host, port) in _clients(listener):
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        data = b"to be greeted"
        with conn, conn.makefile("rb") as file:
            try:
                conn.sendall(b"welcome, %b port %d\n" % (host.encode(), port))
            except OSError:
                continue
            while data:
                try:
                    data = file.read1()
                except OSError:
                    data = b""
                if text := decoder.decode(data, final=not data):
                    show(text)


def _clients(listener: socket.socket) -> Iterator[tuple[socket.socket, tuple[str, int]]]:
    while True:
        with suppress(ConnectionAbortedError):
            yield listener.accept()


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.socket() as client:
        client.connect(address)
        line = _line(client)
        for message in messages:
            client.sendall(bytes(message, "utf-8"))
        with suppress(BlockingIOError):
            while client.recv(4096, socket.MSG_DONTWAIT):
                pass
    return line


def _line(client: socket.socket) -> str:
    line = b""
    while (byte := client.recv(1)) != b"\n":
        if not byte:
            raise EOFError("the end came before the newline")
        line += byte
    return str(line, "utf-8")
