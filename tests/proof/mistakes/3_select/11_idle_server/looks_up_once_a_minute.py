"""Waits a minute at most, and takes that for the limit.

caught by: test_when_nothing_happens_idle_is_called_again_and_again
words: the limit passed three times without an event, and idle() was called more often
"""

import contextlib
import select
import socket
from collections.abc import Callable, Iterable

PIECE = 65536  # bytes that are read from one client in a turn
FULL = 1 << 20  # unsent bytes at which a client that does not read is not heard any more


def nothing_happens() -> None:
    """Say so on the screen."""
    print("nothing happens")


class _Client:
    """A connection, what it must still be sent, and whether more can come from it."""

    def __init__(self, conn: socket.socket, greeting: bytes) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self.conn = conn
        self.unsent = bytearray(greeting)
        self.ended = False

    def fileno(self) -> int:
        """Lets select() take and return the client itself."""
        return self.conn.fileno()

    def listens(self) -> bool:
        """Whether to ask for input: at its end a connection is readable for ever."""
        return not self.ended and len(self.unsent) < FULL

    def turn(self, readable: bool) -> bool:
        """Do what can be done now; whether the connection lives on."""
        try:
            if readable:
                data = self.conn.recv(PIECE)
                self.ended = not data
                self.unsent += data
            if self.unsent:
                # It takes what there is room for; the rest goes out when select() finds room again.
                del self.unsent[: self.conn.send(self.unsent)]
        except BlockingIOError:
            pass
        except OSError:
            return False  # a reset, a broken pipe: the end of this client, and of no other
        return bool(self.unsent) or not self.ended


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], None] = nothing_happens) -> None:
    r"""Greet the clients of a listener and send back what they say, in one thread, for ever.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `idle` is called after `limit` seconds (more than 0) without an event.
    Raises OSError if accept() fails, and whatever `idle` raises.
    """
    mode = listener.gettimeout()
    clients: list[_Client] = []
    try:
        # Somebody else may be faster: between select() and accept() the queue can become empty again.
        listener.setblocking(False)
        while True:
            readers: list[_Client | socket.socket] = [client for client in clients if client.listens()]
            # Room is the normal state: ask for it only while there is something to send.
            writers = [client for client in clients if client.unsent]
            # The whole limit each time: whatever has happened, it begins anew.
            readable, writable, _ = select.select([listener, *readers], writers, [], min(limit, 60))
            if not readable and not writable:
                idle()
            # Another list than the one that shrinks: whoever is taken out on the way makes it skip the next.
            for client in [client for client in clients if client in readable or client in writable]:
                if not client.turn(client in readable):
                    client.conn.close()
                    clients.remove(client)
            if listener in readable:
                # EAGAIN: somebody else was faster; ECONNABORTED: the client was gone before (accept(2)).
                with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                    conn, (host, port) = listener.accept()
                    # It goes out in the next turn: an empty connection has room.
                    clients.append(_Client(conn, f"welcome, {host} port {port}\n".encode()))
    finally:
        # Ctrl-C is no Exception, and comes through here all the same.
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    """Read the server's greeting, send each message when the one before has come back, and close the connection.

    Returns the greeting, which is UTF-8, without its newline, and the echoes.
    Raises ConnectionRefusedError if nobody listens at `address`, EOFError if
    the server ends before all has come, and OSError for other failures.
    """
    # Before the loop: a socket connects once (connect(2): EISCONN), and a new one would be a new conversation.
    with socket.create_connection(address) as client:
        line = b""
        # TCP keeps no messages: one recv() may bring half of the line, or half of an echo.
        while b"\n" not in line:
            line += _more(client, 1024)
        echoes = []
        for message in messages:
            client.sendall(message)
            echo = b""
            # An echo has no mark at its end: its length is all that tells when it is whole. For b"" nothing comes.
            while len(echo) < len(message):
                echo += _more(client, len(message) - len(echo))
            echoes.append(echo)
    # Decoded when it is whole: a piece might have ended inside a character.
    return line.partition(b"\n")[0].decode(), echoes


def _more(client: socket.socket, size: int) -> bytes:
    """The next piece, of at most so many bytes."""
    piece = client.recv(size)
    if not piece:
        raise EOFError("the server ended in the middle of the conversation")
    return piece


def repeats(listener: socket.socket, turns: int) -> int:
    """Wait `turns` times for a listener, with a limit of 0 seconds, and accept nobody.

    Returns how many of the waits reported it as readable.
    """
    # Level-triggered: it reports what is, and not what has become. Only accept() makes an end of it.
    # The answer is a tuple, which is true even when its three lists are empty.
    return sum(bool(select.select([listener], [], [], 0)[0]) for _ in range(turns))
