"""any() ends the round at the first client that has something to say.

caught by: test_a_client_that_only_talks_is_heard_and_holds_nobody_up
words: one client never stopped talking, and your server did not show what the others said
breaks: 5
"""

import codecs
import socket
import time
from collections.abc import Callable


class Client:
    """A connection, what is still to be sent on it, and its half characters."""

    def __init__(self, conn: socket.socket, greeting: bytes) -> None:
        """Take a non-blocking connection."""
        self.conn = conn
        self.rest = greeting
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
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
            success = any(client.turn(show) for client in clients) or success
            for client in [client for client in clients if client.ended]:
                clients.remove(client)
                client.conn.close()
            if not success:
                time.sleep(0.01)
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
