"""Takes ECONNABORTED for an error of the listener: a client that was gone before accept() returned ends the server.

caught by: test_thirty_clients_that_vanish_at_once
words: your code ended with that error
"""

import contextlib
import os
import select
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable
from typing import TextIO

PIECE = 65536  # bytes that are read in one go
NOBODY = "nobody is waiting for an answer"


class _Client:
    """A connection, with its own address, the beginning of a line that came, the rest of an answer that goes."""

    def __init__(self, conn: socket.socket, address: tuple[str, int]) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self.conn = conn
        # The address that accept() gave: in a variable of the loop it would soon be another client's.
        self.name = f"{address[0]} port {address[1]}"
        self.gone = False
        self.unsent = bytearray()
        self._heard = b""

    def fileno(self) -> int:
        """Lets select() take and return the client itself."""
        return self.conn.fileno()

    def hear(self) -> list[str]:
        """Read one piece; returns the lines that have become whole."""
        try:
            data = self.conn.recv(PIECE)
        except OSError as error:
            # EAGAIN: the report was wrong. A reset, or ETIMEDOUT: the end of this client, and of no other.
            self.gone = not isinstance(error, BlockingIOError)
            return []
        self.gone = not data
        *lines, self._heard = (self._heard + data).split(b"\n")
        if self.gone and self._heard:
            lines.append(self._heard)
        # A whole line has whole characters: 0A is never a part of one in UTF-8.
        return [line.decode("utf-8", "replace") for line in lines]

    def tell(self) -> None:
        """Send what there is room for; the rest goes out when select() finds room again."""
        # No room, or broken. hear() tells the two apart: what the client said before a reset can still be read.
        with contextlib.suppress(OSError):
            del self.unsent[: self.conn.send(self.unsent)]


def serve(
    listener: socket.socket, operator: int | socket.socket | TextIO = sys.stdin, show: Callable[[str], None] = print
) -> None:
    """Show what clients say, and send them what the operator types, until the operator's input ends.

    `operator` is a readable descriptor or something with a fileno(). Raises
    OSError if accept() fails, and whatever `show` raises.
    """
    # Below any buffer of a file object: a line that waits in there is none that select() could see.
    keyboard = operator if isinstance(operator, int) else operator.fileno()
    typed = b""
    mode = listener.gettimeout()
    clients: list[_Client] = []
    unanswered: deque[_Client] = deque()  # once for each line, the oldest first
    try:
        # Somebody else may be faster: between select() and accept() the queue can become empty again.
        listener.setblocking(False)
        while True:
            readers: list[_Client | socket.socket | int] = [listener, keyboard, *clients]
            # Room is the normal state: ask for it only while there is something to send.
            readable, writable, _ = select.select(readers, [client for client in clients if client.unsent], [])
            if keyboard in readable:
                # One read that does not wait. The keyboard's mode stays: the terminal belongs to others, too.
                data = os.read(keyboard, PIECE)
                if not data:
                    return
                *lines, typed = (typed + data).split(b"\n")
                for line in lines:
                    if unanswered:
                        client = unanswered.popleft()
                        client.unsent += line + b"\n"
                        # At once: the operator's input may end with this line.
                        client.tell()
                    else:
                        show(NOBODY)
            for client in clients:
                if client in readable:
                    for text in client.hear():
                        show(f"{client.name}: {text}")
                        unanswered.append(client)
                if client in writable:
                    client.tell()
                if client.gone:
                    client.conn.close()
            # New ones, made after the turn: who is taken out of a list on the way makes it skip the next.
            clients = [client for client in clients if not client.gone]
            unanswered = deque(client for client in unanswered if not client.gone)
            if listener in readable:
                # EAGAIN: somebody else was faster; ECONNABORTED: the client was gone before (accept(2)).
                with contextlib.suppress(BlockingIOError):  # no other error of accept() is a client's
                    clients.append(_Client(*listener.accept()))
    finally:
        # The operator's end, an error, Ctrl-C, which is no Exception: all come through here.
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)


def ask(address: tuple[str, int], lines: Iterable[str]) -> list[str]:
    """Ask the server at `address` one line after the other, and wait for the whole answer to each.

    Lines and answers are without their newlines; the answer to an empty line is
    "". Raises ConnectionRefusedError if nobody listens there, EOFError if the
    server ends before an answer is whole, and OSError for other failures; no
    socket is left open.
    """
    answers: list[str] = []
    heard = b""
    # Every way out closes the connection, and all that was sent has been answered: the server sees our end.
    with socket.create_connection(address) as client:
        for line in lines:
            if not line:
                # Without its newline it would be no bytes at all, and both sides would wait. And a person
                # at the other end sees nothing that asks for an answer.
                answers.append("")
                continue
            # The newline is what tells the server that the question is whole.
            client.sendall(line.encode() + b"\n")
            while b"\n" not in heard:
                piece = client.recv(PIECE)
                if not piece:
                    raise EOFError("the server ended before its answer was whole")
                heard += piece
            answer, _, heard = heard.partition(b"\n")
            # Decoded when it is whole: a piece might have ended inside a character.
            answers.append(answer.decode("utf-8", "replace"))
    return answers
