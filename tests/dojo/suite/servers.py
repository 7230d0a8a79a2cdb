"""What suites do with a server, or another program, that runs in the background."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from typing import Any

from dojo.sandbox.findings import Finding, cut, safe_repr
from dojo.suite.background import Running
from dojo.suite.observers import is_writable, over, unread
from dojo.suite.observers.rest import PATIENT
from dojo.suite.peers import ROOM, drain, numbered, small_buffers
from dojo.tape.query import Tape
from dojo.tape.wording import counted

Comes = Callable[..., bool]  # see comes()
MUCH = 1_600_000  # bytes: far more than all buffers of a connection and 256 KiB


def serve(kata: Any, listener: socket.socket, tape: Tape, *args: Any) -> Running:
    """Let the kata serve in the background, on a listener of its own; it stays open when the suite closes the other."""
    own = listener.dup()
    tape.label(own, "listener")
    return Running(kata.serve, own, *args)


def hear(come: Comes, sock: socket.socket, size: int) -> bytes:
    """What has come to a peer; less than `size` if the stream is over, or the code rests before."""
    come(lambda: unread(sock) >= size or over(sock), f"{counted(size, 'byte')} to come back", looks=PATIENT)
    return drain(sock, size)


def ask(hear: Callable[[Any, int], bytes], client: socket.socket, words: bytes = b"hello") -> bytes:
    """Let the client send these words, and return what comes back; b"" if it is the end."""
    client.sendall(words)
    return hear(client, len(words))


def overfeed(
    client: socket.socket, ask: Callable[[Any], bytes], other: socket.socket, size: int = MUCH
) -> tuple[socket.socket, int]:
    """The client, and how much of `size` bytes it has sent that reads nothing: all, or until nothing more goes.

    Nothing goes when in a hundred answers to the `other` client there was no room.
    """
    small_buffers(client, size=ROOM)
    sent = refused = 0
    while sent < size and refused < 100:
        try:
            sent += client.send(numbered(size)[sent : sent + ROOM], socket.MSG_DONTWAIT)
            refused = 0
        except BlockingIOError:
            refused += 1
            answer = ask(other)
            if answer != b"hello":
                words = "one client did not read, and another one got no answer"
                raise Finding(words, "b'hello'", cut(safe_repr(answer))) from None
        except ConnectionError as error:
            raise _cut_off("a client sends and does not read, and was cut off", error) from error
    return client, sent


def pour(sock: socket.socket, come: Comes, size: int, words: str) -> int:
    """Send `size` bytes, or until nothing goes any more, and say how much went; `words` if the peer is cut off."""
    sent = 0
    while sent < size and come(lambda: is_writable(sock), "room for more bytes, or the code to rest"):
        try:
            sent += sock.send(numbered(size)[sent : sent + ROOM], socket.MSG_DONTWAIT)
        except ConnectionError as error:
            raise _cut_off(words, error) from error
    return sent


def _cut_off(words: str, error: ConnectionError) -> Finding:
    return Finding(words, "it may go on later", f"its send() raises {type(error).__name__}")


def welcome(client: socket.socket) -> bytes:
    """The greeting that this client is to get."""
    host, port = client.getsockname()
    return f"welcome, {host} port {port}\n".encode()


def text_of(shown: list[Any]) -> str:
    """What was shown so far, in one piece."""
    for piece in shown:
        if not isinstance(piece, str):
            raise Finding("show() takes text, and recv() returns bytes", "show() is called with a str", repr(piece))
    return "".join(shown)


def untaken() -> list[str]:
    """Errors that have ended a task of asyncio's, and that nobody took: what it prints from now on."""
    said: list[str] = []
    handler = logging.Handler()
    setattr(handler, "emit", lambda record: said.append(record.getMessage()))
    logging.getLogger("asyncio").addHandler(handler)
    return said
