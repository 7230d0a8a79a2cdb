"""After ECONNABORTED right behind a success, the variable still holds that client, which is greeted again.

caught by: test_a_client_that_is_gone_before_its_greeting_ends_itself_alone
words: A client was gone before accept(), and your server greeted another one again
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
    conn = None
    try:
        listener.setblocking(False)
        while True:
            success = False
            try:
                conn, (host, port) = listener.accept()
            except BlockingIOError:
                conn = None
            except ConnectionAbortedError:
                pass
            if conn:
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
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
