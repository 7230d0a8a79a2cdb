"""Tries the greeting again after EAGAIN, but takes a part that was sent for the whole.

caught by: test_a_greeting_for_which_there_is_no_room_follows_later
words: There was room for a part of the greeting, and the rest did not follow
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
                self.conn.send(self.rest)
                self.rest = b""
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
