"""Of the kind with generators, os.read() and codecs.iterdecode(); its client sends and hears in one poll() loop."""

import codecs
import os
import select
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    for conn, peer in connections(listener):
        with conn, closing(pieces(conn, peer)) as said:
            for text in codecs.iterdecode(said, "utf-8", "replace"):
                show(text)


def connections(listener: socket.socket) -> Iterator[tuple[socket.socket, tuple]]:
    while True:
        try:
            pair = listener.accept()
        except ConnectionAbortedError:
            continue
        yield pair
        del pair


def pieces(conn: socket.socket, peer: tuple) -> Iterator[bytes]:
    """Greet the client; yield its bytes until it has ended or is gone."""
    rest = b"welcome, %s port %d\n" % (peer[0].encode(), peer[1])
    try:
        while rest:
            rest = rest[os.write(conn.fileno(), rest) :]
    except OSError:
        return
    while True:
        try:
            data = os.read(conn.fileno(), 1 << 14)
        except OSError:
            return
        if not data:
            return
        yield data


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client:
        greeting = b""
        while b"\n" not in greeting:
            data = client.recv(512)
            if not data:
                raise EOFError(f"{len(greeting)} bytes of greeting, and no newline")
            greeting += data
        for message in messages:
            send_and_hear(client, message.encode())
        client.shutdown(socket.SHUT_WR)
        hear(client)
        return greeting.split(b"\n")[0].decode()


def send_and_hear(client: socket.socket, data: bytes) -> None:
    """Send all the data. Throw away what comes meanwhile, so that the server is not stuck."""
    rest = memoryview(data)
    ended = False
    while rest:
        poller = select.poll()
        poller.register(client, select.POLLOUT if ended else select.POLLOUT | select.POLLIN)
        poller.poll()
        if not ended:
            ended = hear(client)
        try:
            rest = rest[client.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            pass


def hear(client: socket.socket) -> bool:
    """Throw away what has come. Return whether the server's stream has ended."""
    try:
        while client.recv(65536, socket.MSG_DONTWAIT):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True  # broken: the next send fails too
    return True
