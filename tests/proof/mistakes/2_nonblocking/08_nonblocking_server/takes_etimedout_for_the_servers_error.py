"""Catches ConnectionError for a client that is gone: ETIMEDOUT is not one, and ends the server.

caught by: test_a_client_that_resets_ends_itself_alone
words: ETIMEDOUT
"""

import codecs
import socket
import time
from collections.abc import Callable

PAUSE = 0.01  # seconds between two rounds without work


class _Client:
    """A connection, what it must still be sent, and half of a character that it may have sent."""

    def __init__(self, conn: socket.socket, greeting: bytes) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self.conn = conn
        self.unsent = greeting
        self.gone = False
        # A decoder for each client: another's bytes must not end up inside of a character.
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def send(self) -> bool:
        """Send what is left of the greeting, as far as the kernel takes it; whether any of it went."""
        if not self.unsent:
            return False
        try:
            # send() tells how much it took. sendall() could not say it, and would lose count here.
            taken = self.conn.send(self.unsent)
        except ConnectionError:
            # No room, or broken. hear() comes next and tells the two apart: what came before a reset can still be read.
            return False
        self.unsent = self.unsent[taken:]
        return True

    def hear(self) -> str | None:
        """What has come from the client; None if nothing has. It is gone when it has ended or reset."""
        try:
            data = self.conn.recv(65536)
        except BlockingIOError:
            return None  # nothing yet: neither the end nor an error
        except ConnectionError:
            data = b""  # a reset is the end of this client, and of no other
        self.gone = not data
        # At the end `final` brings out a character that nothing completes any more.
        return self._decoder.decode(data, final=self.gone)


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    r"""Serve all clients of a listener in one thread, for ever, and wait for none of them.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `show` is called with what clients say, in pieces of any size. Raises
    OSError if accept() fails, and whatever `show` raises.
    """
    mode = listener.gettimeout()
    clients: list[_Client] = []
    try:
        listener.setblocking(False)
        while True:
            worked = _accept(listener, clients)
            for client in clients:
                worked |= client.send()
                text = client.hear()
                if text is not None:
                    worked = True
                    if text:  # half of a character is work, and nothing to show yet
                        show(text)
                if client.gone:
                    client.conn.close()
            # A new list, made after the round: who is taken out of the old one on the way lets it skip the next.
            clients = [client for client in clients if not client.gone]
            if not worked:
                time.sleep(PAUSE)
    finally:
        # Ctrl-C is no Exception, and comes through here all the same.
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)


def _accept(listener: socket.socket, clients: list[_Client]) -> bool:
    """Take one connection from the queue, if there is one; an error of the listener propagates."""
    try:
        conn, (host, port) = listener.accept()
    except (BlockingIOError, ConnectionAbortedError):
        # Nobody is there, or a client was gone before (accept(2), ECONNABORTED).
        return False
    clients.append(_Client(conn, f"welcome, {host} port {port}\n".encode()))
    return True
