"""A generator for each client: it yields when it would have to wait, and whether it has done anything before."""

import codecs
import socket
import threading
from collections.abc import Callable, Generator

Talk = Generator[bool, None, None]
PAUSE = 0.01  # seconds


def _talk(conn: socket.socket, greeting: bytes, show: Callable[[str], None]) -> Talk:
    """Greet and listen by turns, until the client is gone."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = memoryview(greeting)
    data: bytes | None = None
    with conn:
        conn.setblocking(False)
        while data != b"":
            worked = False
            data = None
            try:
                if rest:
                    rest = rest[conn.send(rest) :]
                    worked = True
            except BlockingIOError:
                pass
            except OSError:
                data = b""
            try:
                data = conn.recv(100) if data is None else data
            except BlockingIOError:
                pass
            except OSError:
                data = b""
            if data is not None:
                show(decoder.decode(data, final=not data))
            yield worked or data is not None


def _newcomers(listener: socket.socket) -> Generator[tuple[socket.socket, bytes], None, None]:
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        except BlockingIOError:
            return
        yield conn, b"welcome, %b port %d\n" % (host.encode(), port)


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    mode = listener.gettimeout()
    listener.setblocking(False)
    talks: list[tuple[socket.socket, Talk]] = []
    never = threading.Event()
    try:
        while True:
            before = len(talks)
            for conn, greeting in _newcomers(listener):
                talks.append((conn, _talk(conn, greeting, show)))
            fresh = len(talks) > before
            answers = [next(talk, None) for _, talk in talks]
            talks = [pair for pair, answer in zip(talks, answers, strict=True) if answer is not None]
            if not fresh and not any(answer or answer is None for answer in answers):
                never.wait(PAUSE)
    finally:
        for conn, _ in talks:
            conn.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)
