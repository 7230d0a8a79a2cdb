"""Right: os.read() and os.write() on descriptors, a generator of texts, and a talk() that polls for both directions."""

import codecs
import os
import select
import socket
from collections.abc import Callable, Iterable, Iterator

REFUSED = "nobody listens at %s"


def texts(fd: int, greeting: bytes) -> Iterator[str]:
    """Send the greeting, then yield what the client says; a broken connection is an end."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        while greeting:
            greeting = greeting[os.write(fd, greeting) :]
    except OSError:
        return
    while True:
        try:
            data = os.read(fd, 8192)
        except OSError:
            return
        if text := decoder.decode(data, final=not data):
            yield text
        if not data:
            return


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Greet and show one client after the other, for ever."""
    while True:
        try:
            conn, peer = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            conn.setblocking(True)
            for text in texts(conn.fileno(), f"welcome, {peer[0]} port {peer[1]}\n".encode()):
                show(text)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the greeting, send all messages, end the stream; return the greeting."""
    with socket.socket() as client:
        client.setblocking(True)
        try:
            client.connect(address)
        except ConnectionRefusedError:
            raise ConnectionRefusedError(REFUSED % (address,)) from None
        client.setblocking(False)
        poller = select.poll()
        poller.register(client, select.POLLIN)
        line, found = bytearray(), False
        while not found:
            poller.poll()
            try:
                piece = client.recv(65536)
            except BlockingIOError:
                continue
            if not piece:
                raise EOFError("the server ended before the end of its greeting")
            head, newline, _ = piece.partition(b"\n")
            line += head
            found = bool(newline)

        waiting = iter(messages)
        rest: memoryview | None = memoryview(b"")
        reading = True
        while reading or rest is not None:
            while rest is not None and not rest:
                message = next(waiting, None)
                if message is None:
                    rest = None
                    client.shutdown(socket.SHUT_WR)
                else:
                    rest = memoryview(message.encode())
            if rest is None and not reading:
                break
            poller.modify(client, (select.POLLIN if reading else 0) | (0 if rest is None else select.POLLOUT))
            poller.poll()
            try:
                if reading and not client.recv(65536):
                    reading = False
            except BlockingIOError:
                pass
            try:
                if rest is not None:
                    rest = rest[client.send(rest) :]
            except BlockingIOError:
                pass
        return line.decode()
