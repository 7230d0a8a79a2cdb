"""Has a bound for the elements of an array, and none for the words of a line.

caught by: test_what_can_never_become_a_command_is_refused
words: the words of a line are elements, and no more than 1,024
"""

import contextlib
import re
import selectors
import socket
from collections.abc import Callable

LINE = 64 * 1024  # bytes of a line, its CRLF among them
ELEMENTS = 1024  # of a command
BULK = 1024 * 1024  # bytes of one element
COMMAND = 4 * 1024 * 1024  # bytes of all elements together
PENDING = 256 * 1024  # bytes of answers: with more than that pending, a client's commands have to wait
PIECE = 64 * 1024  # bytes that are read from one client in a turn
DISCARD = 1024 * 1024  # bytes that are thrown away for the sake of an end in order
WHOLE = re.compile(rb"-?(0|[1-9][0-9]{0,18})")  # int() would take b" 1_0 " as well
CLOSED = 0  # no events: nothing more is to be waited for


class ProtocolError(Exception):
    """What has come can never become a command; the text says why, in one line."""


def parse_command(buffer: bytearray) -> list[bytes] | None:
    """Take the first whole command from the front of `buffer`, and nothing behind it.

    Returns its elements, at least one; None if there is no whole command yet.
    Raises ProtocolError if what is there can never become one.
    """
    # A loop, because a client may send ten thousand empty lines: too many for a call within a call.
    while True:
        found = _line(buffer, 0)
        if found is None:
            return None
        line, end = found
        if line.startswith(b"*"):
            spans = _elements(buffer, end, _number(line[1:], ELEMENTS, "multibulk length"))
            if spans is None:
                return None  # nothing was removed: the next call begins where this one did
            end = spans[-1][1] + 2 if spans else end
            words = [bytes(buffer[start:stop]) for start, stop in spans]
        else:
            words = line.split()
        del buffer[:end]
        if words:
            return words


def _line(buffer: bytearray, start: int) -> tuple[bytes, int] | None:
    """The line that starts here, and where it ends; None if its end has not come."""
    end = buffer.find(b"\n", start, start + LINE)
    if end < 0:
        # What cannot end any more within the bound must not be collected either.
        if len(buffer) - start >= LINE:
            raise ProtocolError("too big a line")
        return None
    # People with nc send LF alone, and lose nothing if that counts.
    return bytes(buffer[start:end]).removesuffix(b"\r"), end + 1


def _number(digits: bytes, limit: int, what: str) -> int:
    # isdigit() first: int() knows signs, spaces and underscores. Many digits are slow, and always too many.
    if not digits.isdigit():
        raise ProtocolError(f"invalid {what}")
    if len(digits) > len(str(limit)) or int(digits) > limit:
        raise ProtocolError(f"{what} is more than {limit}")
    return int(digits)


def _elements(buffer: bytearray, at: int, count: int) -> list[tuple[int, int]] | None:
    """Where each element starts and stops; None if they are not all there.

    They are not copied yet: who sends byte by byte would have us copy as often.
    """
    spans: list[tuple[int, int]] = []
    total = 0
    for _ in range(count):
        found = _line(buffer, at)
        if found is None:
            return None
        line, at = found
        if not line.startswith(b"$"):
            raise ProtocolError(f"expected '$', got {_shown(line[:1])}")
        size = _number(line[1:], BULK, "bulk length")
        total += size
        # Refused when it is announced: by the time that it has come it would be in memory.
        if total > COMMAND:
            raise ProtocolError(f"a command of more than {COMMAND} bytes")
        stop = at + size
        if len(buffer) < stop + 2:
            return None
        # Only the length says where a value stops: there may be a CRLF in it.
        if buffer[stop : stop + 2] != b"\r\n":
            raise ProtocolError("a bulk string is longer than its length")
        spans.append((at, stop))
        at = stop + 2
    return spans


def _shown(name: bytes) -> str:
    """A client's bytes in quotes, short and printable: a CRLF among them would be one in our answer."""
    return ascii(name[:64]).removeprefix("b")


def _bulk(value: bytes | None) -> bytes:
    return b"$-1\r\n" if value is None else b"$%d\r\n%b\r\n" % (len(value), value)


class _Store:
    """What the clients of one serve() share: a value for each key, and the commands that know them."""

    def __init__(self) -> None:
        self._values: dict[bytes, bytes] = {}
        # Each with the least and the greatest number of its arguments.
        self._commands: dict[bytes, tuple[Callable[..., bytes], int, int]] = {
            b"PING": (lambda word=None: b"+PONG\r\n" if word is None else _bulk(word), 0, 1),
            b"ECHO": (_bulk, 1, 1),
            b"SET": (self._set, 2, 2),
            b"GET": (lambda key: _bulk(self._values.get(key)), 1, 1),
            b"DEL": (self._delete, 1, ELEMENTS),
            b"EXISTS": (lambda *keys: b":%d\r\n" % sum(key in self._values for key in keys), 1, ELEMENTS),
            b"INCR": (self._increment, 1, 1),
            b"SELECT": (lambda number: b"+OK\r\n", 1, 1),
            b"QUIT": (lambda: b"+OK\r\n", 0, 0),
            # redis-cli asks for the list of commands before it reads its own input. An empty one will do.
            b"COMMAND": (lambda *_: b"*0\r\n", 0, ELEMENTS),
        }

    def answer(self, words: list[bytes]) -> bytes:
        """What the client gets for a command."""
        name, arguments = words[0].upper(), words[1:]
        if name not in self._commands:
            return f"-ERR unknown command {_shown(words[0])}\r\n".encode()
        command, least, most = self._commands[name]
        if not least <= len(arguments) <= most:
            return b"-ERR wrong number of arguments for '%b' command\r\n" % name.lower()
        return command(*arguments)

    def _set(self, key: bytes, value: bytes) -> bytes:
        self._values[key] = value
        return b"+OK\r\n"

    def _delete(self, *keys: bytes) -> bytes:
        return b":%d\r\n" % sum(self._values.pop(key, None) is not None for key in keys)

    def _increment(self, key: bytes) -> bytes:
        value = self._values.get(key, b"0")
        number = int(value) + 1 if WHOLE.fullmatch(value) else 2**63
        if not -(2**63) < number < 2**63:
            return b"-ERR value is not an integer or out of range\r\n"
        self._values[key] = b"%d" % number
        return b":%d\r\n" % number


class _Client:
    """A connection: what has come and is no whole command yet, and what its client must still be sent."""

    def __init__(self, conn: socket.socket, answer: Callable[[list[bytes]], bytes]) -> None:
        # On Linux a connection does not inherit the listener's mode (accept(2)): it starts out blocking.
        conn.setblocking(False)
        self._conn, self._answer = conn, answer
        self._input, self._output = bytearray(), bytearray()
        self._more = False  # there may be whole commands in the input, and they have to wait
        self._deaf = False  # no command counts any more
        self._ended = False  # the client has ended its side
        self._discard = DISCARD

    def ready(self, mask: int) -> int:
        """Do what can be done without a wait; the events to wait for next, or CLOSED."""
        try:
            # A report can be out of date, and then there is nothing yet, or no room: neither the end nor an error.
            with contextlib.suppress(BlockingIOError):
                if mask & selectors.EVENT_READ:
                    self._read()
                self._execute()
                if self._output:
                    del self._output[: self._conn.send(self._output)]
        except OSError:
            return CLOSED  # a reset, in whatever call it shows, is the end of this client and of no other
        return self._events()

    def _read(self) -> None:
        data = self._conn.recv(PIECE)
        self._ended = not data
        if self._deaf:
            self._discard -= len(data)
        else:
            self._input += data

    def _execute(self) -> None:
        """Execute what is there, as long as the client takes the answers."""
        self._more = False
        while not self._deaf:
            # Each command, not each read: twenty bytes can ask for a megabyte.
            if len(self._output) > PENDING:
                self._more = True
                return
            try:
                words = parse_command(self._input)
                if words is None and self._ended and self._input:
                    raise ProtocolError("the stream ends within a command")
            except ProtocolError as error:
                self._output += f"-ERR Protocol error: {error}\r\n".encode()
                self._deaf = True
            else:
                if words is None:
                    return
                self._output += self._answer(words)
                self._deaf = len(words) == 1 and words[0].upper() == b"QUIT"
        self._input.clear()

    def _events(self) -> int:
        # With commands that have to wait we ask for room, even if it is there already: the others come first.
        events = selectors.EVENT_WRITE if self._output or self._more else 0
        # At its end a connection is readable for ever.
        if not self._ended and not self._more and len(self._output) <= PENDING:
            events |= selectors.EVENT_READ
        if self._deaf and not self._output and events:
            # To close with input unread would be a reset, and could cost the client our last answer. So it
            # gets the end of the stream, and what it still says is thrown away, up to a bound.
            with contextlib.suppress(OSError):
                self._conn.shutdown(socket.SHUT_WR)
            if self._discard <= 0:
                return CLOSED
        return events

    def close(self) -> None:
        """Give the descriptor back."""
        self._conn.close()


def serve(listener: socket.socket, stop: socket.socket) -> None:
    """Answer the clients of a listener, in one thread, until `stop` is readable.

    Both sockets stay the caller's, open and in their modes; nothing is read from
    `stop`. Raises OSError or ValueError if the listener fails.
    """
    # What is on this stack is undone on every way out, in the opposite order.
    with contextlib.ExitStack() as undo:
        selector = undo.enter_context(selectors.DefaultSelector())
        selector.register(stop, selectors.EVENT_READ)
        selector.register(listener, selectors.EVENT_READ)
        undo.callback(listener.settimeout, listener.gettimeout())
        listener.setblocking(False)
        undo.callback(_close_clients, selector)
        store = _Store()
        while True:
            for key, mask in selector.select():
                if key.fileobj is stop:
                    return
                if key.fileobj is listener:
                    # Somebody else may have been faster, or the client have thought better of it.
                    with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                        conn, _ = listener.accept()
                        selector.register(conn, selectors.EVENT_READ, _Client(conn, store.answer))
                elif events := key.data.ready(mask):
                    selector.modify(key.fileobj, events, key.data)
                else:
                    selector.unregister(key.fileobj)
                    key.data.close()


def _close_clients(selector: selectors.BaseSelector) -> None:
    for key in list(selector.get_map().values()):
        if key.data is not None:
            key.data.close()
