"""A conversation is an object; waits in calls with a timeout, which is poll beneath, and calls again when it passes."""

import codecs
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType

PATIENCE = 60.0  # seconds


class Conversation:
    def __init__(self, conn: socket.socket) -> None:
        self._conn = conn
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.over = False
        conn.settimeout(PATIENCE)

    def __enter__(self) -> "Conversation":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._conn.close()

    def greet(self, host: str, port: int) -> None:
        try:
            self._conn.sendall(b"welcome, %s port %d\n" % (host.encode(), port))
        except OSError:
            self.over = True

    def hear(self) -> str:
        buffer = bytearray(64)
        try:
            size = self._conn.recv_into(buffer)
        except OSError as error:
            if isinstance(error, TimeoutError) and error.errno is None:  # ETIMEDOUT has one: the connection is broken
                return ""
            size = 0
        self.over = not size
        return self._decoder.decode(buffer[:size], self.over)


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with Conversation(conn) as conversation:
            conversation.greet(host, port)
            while not conversation.over:
                if text := conversation.hear():
                    show(text)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.socket() as client:
        client.settimeout(PATIENCE)
        client.connect(address)
        with client.makefile("rb") as file:
            line = file.readline()
        if line[-1:] != b"\n":
            raise EOFError("no whole line")
        client.sendall("".join(messages).encode())
        client.shutdown(socket.SHUT_WR)
        client.setblocking(False)
        with suppress(BlockingIOError):  # what has come already, and nothing that may come
            while client.recv(65536):
                pass
    return str(line[:-1], "utf-8")
