"""Does not read from a client while a part of its greeting is unsent.

caught by: test_a_client_that_only_talks_is_heard_and_holds_nobody_up
words: it spoke, and your server did not listen
breaks: 2
"""

import codecs
import contextlib
import socket
import time
from collections.abc import Callable

PAUSE = 0.01  # seconds


class Client:
    """A connection, what of its greeting is not sent yet, and its decoder."""

    def __init__(self, conn: socket.socket, address: tuple) -> None:
        self.conn = conn
        self.pending = greeting(address)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.broken = False
        self.ended = False


def greeting(address: tuple) -> bytes:
    host, port = address[:2]
    return f"welcome, {host} port {port}\n".encode()


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    timeout = listener.gettimeout()
    clients: list[Client] = []
    try:
        listener.setblocking(False)
        while True:
            busy = False
            try:
                conn, address = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                pass
            else:
                clients.append(Client(conn, address))
                conn.setblocking(False)
                busy = True
            for client in clients.copy():
                if greet(client):
                    busy = True
                if (not client.pending or client.broken) and hear(client, show):
                    busy = True
                if client.ended:
                    client.conn.close()
                    clients.remove(client)
            if not busy:
                time.sleep(PAUSE)
    finally:
        for client in clients:
            client.conn.close()
        with contextlib.suppress(OSError):  # the listener may be closed
            listener.settimeout(timeout)


def greet(client: Client) -> bool:
    """Send what is left of the greeting, if there is room; return whether a send succeeded."""
    if not client.pending or client.broken:
        return False
    try:
        sent = client.conn.send(client.pending)
    except BlockingIOError:
        return False
    except OSError:
        client.broken = True  # but what it has said may still be read
        return False
    client.pending = client.pending[sent:]
    return True


def hear(client: Client, show: Callable[[str], None]) -> bool:
    """Show what has come from a client, if anything; return whether recv() succeeded."""
    try:
        data = client.conn.recv(4096)
    except BlockingIOError:
        client.ended = client.broken
        return False
    except OSError:
        client.ended = True
        return False
    text = client.decoder.decode(data, final=not data)
    if text:
        show(text)
    client.ended = not data
    return True
