"""Keeps decoders by descriptor number until an orderly end: after a reset, the next client gets half a character.

caught by: test_a_client_that_resets_ends_itself_alone
words: A client had reset after half a character, and your server completed it with the next client's bytes
"""

import codecs
import socket
import time
from collections.abc import Callable


DECODERS: dict[int, codecs.IncrementalDecoder] = {}


class Client:
    """A connection, what is still to be sent on it, and its half characters."""

    def __init__(self, conn: socket.socket, greeting: bytes) -> None:
        """Take a non-blocking connection."""
        self.conn = conn
        self.rest = greeting
        self.number = conn.fileno()
        self.decoder = DECODERS.setdefault(self.number, codecs.getincrementaldecoder("utf-8")("replace"))
        self.broken = False
        self.ended = False

    def turn(self, show: Callable[[str], None]) -> bool:
        """Send and receive what is possible now; return whether a call succeeded."""
        success = False
        if self.rest:
            try:
                self.rest = self.rest[self.conn.send(self.rest) :]
                success = True
            except BlockingIOError:
                pass
            except OSError:
                self.rest = b""
                self.broken = True
        try:
            data = self.conn.recv(65536)
        except BlockingIOError:
            self.ended = self.broken
            return success
        except OSError:
            self.ended = True
            return success
        self.ended = not data
        if self.ended:
            del DECODERS[self.number]
        text = self.decoder.decode(data, final=not data)
        if text:
            show(text)
        return True


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Serve all clients in turn, for ever."""
    mode = listener.gettimeout()
    clients: list[Client] = []
    try:
        listener.setblocking(False)
        while True:
            success = False
            try:
                conn, (host, port) = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                pass
            else:
                conn.setblocking(False)
                clients.append(Client(conn, f"welcome, {host} port {port}\n".encode()))
                success = True
            for client in list(clients):
                if client.turn(show):
                    success = True
                if client.ended:
                    clients.remove(client)
                    client.conn.close()
            if not success:
                time.sleep(0.01)
    finally:
        DECODERS.clear()
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
