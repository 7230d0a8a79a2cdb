"""Keeps a client to which it has something to send, and gives it the whole time again and again.

caught by: test_who_takes_nothing_of_its_answer_is_closed
words: the server kept a client that does not read
"""

from __future__ import annotations

import contextlib
import errno
import re
import selectors
import socket
import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

LINE = 8 * 1024  # bytes of a request line
HEAD = 16 * 1024  # bytes of a head, and of a size line and the trailer of a chunked body
FIELDS = 100
BODY = 16 * 1024 * 1024  # bytes of a body, in either direction
PIECE = 65536  # bytes that are read from one client in a turn
PAUSE = 0.1  # seconds without accept(), when no descriptor is left and no client is there to make room
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}
ZEROS = memoryview(bytes(BODY))  # slicing it copies nothing, however many clients ask for it

TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
START = re.compile(TOKEN.join([rb"(", rb") ([!-~]+) HTTP/([0-9])\.([0-9])"]))
NAME = re.compile(TOKEN)
CHUNK = re.compile(rb"([0-9A-Fa-f]+)(?:[ \t]*;.*)?")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")  # everything below the space, but the tab


@dataclass
class Request:
    """One request; the names of the headers are in lower case, their values as sent."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    version: str = "HTTP/1.1"


class BadRequest(Exception):
    """What was sent can never become a request that is served; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status} {HTTPStatus(status).phrase}")
        self.status = status


class _Parser:
    """Takes requests off the front of a buffer, in as many steps as they come in.

    Each step reads on where the last one stopped: a body in a million chunks is not begun
    anew at every piece. The generators yield None when the buffer does not hold enough.
    """

    def __init__(self, buffer: bytearray, on_head: Callable[[Request], None]) -> None:
        self._buffer, self._on_head = buffer, on_head
        self._begun = False

    @property
    def idle(self) -> bool:
        """Whether nothing of a next request has come."""
        return not self._begun and not self._buffer

    def requests(self) -> Generator[Request | None, None, None]:
        """Each next() gives the next request, or None as long as it is not whole."""
        while True:
            # Some clients send an empty line after a body (RFC 9112, 2.2). One is skipped, not a million.
            line = (yield from self._line(LINE, 414)) or (yield from self._line(LINE, 414))
            self._begun = True
            start = START.fullmatch(line)
            if not start:
                raise BadRequest(400)
            method, target, major, minor = (part.decode() for part in start.groups())
            if major != "1":
                raise BadRequest(505)
            headers = yield from self._fields(HEAD - len(line))
            request = Request(method, target, headers, b"", f"HTTP/1.{minor}")
            length = _body_length(request)
            self._on_head(request)
            request.body = yield from self._body(length)
            self._begun = False
            yield request

    def _line(self, limit: int, status: int) -> Generator[None, None, bytes]:
        """One line, without its CRLF; what is wrong with it is known before it is whole."""
        while True:
            end = self._buffer.find(b"\n")
            line = bytes(self._buffer if end < 0 else self._buffer[:end])
            text = line.removesuffix(b"\r")
            if len(text) > limit:
                raise BadRequest(status)
            # A CR or LF alone ends a line for some, and not for others: that is how requests are smuggled.
            if CONTROL.search(text) or (end >= 0 and text == line):
                raise BadRequest(400)
            if end >= 0:
                del self._buffer[: end + 1]
                return text
            yield None

    def _fields(self, room: int) -> Generator[None, None, dict[str, str]]:
        """Header or trailer fields, up to the empty line."""
        headers: dict[str, str] = {}
        for _ in range(FIELDS + 1):
            line = yield from self._line(room, 431)
            if not line:
                return headers
            room -= len(line) + 2
            name, colon, value = line.partition(b":")
            # A token has no whitespace: neither a folded line nor "Host :" gets past this.
            if not colon or not NAME.fullmatch(name):
                raise BadRequest(400)
            key, text = name.decode().lower(), value.strip(b" \t").decode("latin-1")
            if key in headers and key in ("host", "content-length"):
                raise BadRequest(400)  # which of the two would be meant?
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        raise BadRequest(431)

    def _body(self, length: int | None) -> Generator[None, None, bytes]:
        """So many bytes, or all chunks if there is no length."""
        body = bytearray()
        if length is not None:
            yield from self._move(length, body)
            return bytes(body)
        while True:
            chunk = CHUNK.fullmatch((yield from self._line(HEAD, 431)))
            if not chunk:
                raise BadRequest(400)
            size = int(chunk[1], 16)
            if len(body) + size > BODY:
                raise BadRequest(413)  # before it has come, not after
            if not size:
                break
            yield from self._move(size, body)
            yield from self._line(0, 400)
        # The trailer: nobody asks for it, but it is in the way, and what is not sure to be one may hide a request.
        yield from self._fields(HEAD)
        return bytes(body)

    def _move(self, size: int, body: bytearray) -> Generator[None, None, None]:
        while size:
            piece = self._buffer[:size]
            del self._buffer[:size]
            body += piece
            size -= len(piece)
            if size:
                yield None


def _body_length(request: Request) -> int | None:
    """How long the body is (RFC 9112, 6.3), or None if it comes in chunks."""
    headers, old = request.headers, request.version == "HTTP/1.0"
    coding, length = headers.get("transfer-encoding"), headers.get("content-length")
    if "host" not in headers and not old:
        raise BadRequest(400)
    if coding is not None:
        if length is not None or old:
            raise BadRequest(400)
        if coding.lower() != "chunked":
            raise BadRequest(501)
        return None
    if length is None:
        return 0
    if not (length.isascii() and length.isdigit()):
        raise BadRequest(400)
    # Nine digits are too many already, and int() refuses some thousands of them with an error of its own.
    size = int(length.lstrip("0")[:9] or "0")
    if size > BODY:
        raise BadRequest(413)
    return size


def parse_request(buffer: bytearray) -> Request | None:
    """Take one whole request off the front of buffer; None, and nothing taken, while it is not whole.

    Raises BadRequest for what can never become a request, as soon as that can be known.
    """
    rest = bytearray(buffer)
    request = next(_Parser(rest, lambda request: None).requests())
    if request is not None:
        buffer[:] = rest
    return request


def _respond(request: Request) -> tuple[int, bytes | memoryview, str]:
    """The application: status, body, and which methods there are if it is not this one."""
    # A proxy's client sends the whole URL (RFC 9112, 3.2.2).
    path = re.sub(r"^https?://[^/?]*", "", request.target).partition("?")[0] or "/"
    number = re.fullmatch(r"/bytes/([0-9]{1,8})", path)
    body: bytes | memoryview = b"hello, whoever you are\n"
    allowed = "GET, HEAD"
    if number and int(number[1]) <= BODY:
        body = ZEROS[: int(number[1])]
    elif path == "/echo":
        allowed, body = "POST, PUT", request.body
    elif path != "/":
        allowed = ""
    if request.method not in METHODS:
        return 501, b"", ""
    if not allowed:
        return 404, b"", ""
    if request.method not in allowed.split(", "):
        return 405, b"", allowed
    return 200, body, ""


class _Client:
    """A connection: what has come and is no whole request yet, and the answer that is pending."""

    def __init__(
        self,
        conn: socket.socket,
        selector: selectors.BaseSelector,
        clients: OrderedDict[_Client, float],
        patience: float,
    ) -> None:
        self._conn, self._selector, self._clients, self._patience = conn, selector, clients, patience
        self._buffer = bytearray()
        self._parser = _Parser(self._buffer, self._head_is_here)
        self._requests = self._parser.requests()
        self._out: list[bytes | memoryview] = []
        self._last = False  # no request is read any more
        conn.setblocking(False)
        with contextlib.suppress(OSError):  # it may be gone already
            # The answer to a pipelined request would wait for the acknowledgement of the one before it.
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(conn, selectors.EVENT_READ, self)
        self._renew()

    def ready(self) -> None:
        """Do what the client lets us do now, without waiting."""
        try:
            if self._out:
                self._send()
            elif not self._read():
                # Whole requests were answered before more was read: there is nobody to answer any more.
                self.close()
                return
            while not self._out and not self._last and self._step():
                self._send()
        except BlockingIOError:
            pass  # a report can be out of date, or there is no room: later
        except OSError:
            self.close()  # a reset can show in any call, and is the end of this client alone
            return
        self._watch()

    def late(self) -> None:
        """The time is over. Who is in the middle of a request is told so."""
        if self._out:
            self._renew()
        elif self._last or self._parser.idle or not self._clients[self]:
            self.close()
        else:
            self._fail(408)
            self._watch()

    def close(self) -> None:
        """Unregister and close; nobody waits for this client any more."""
        self._selector.unregister(self._conn)
        self._conn.close()
        del self._clients[self]

    def _read(self) -> bool:
        piece = self._conn.recv(PIECE)
        if not self._last:
            self._buffer += piece
        return bool(piece)

    def _step(self) -> bool:
        """Read on in the buffer; whether there is something to be sent now."""
        try:
            request = next(self._requests)
        except BadRequest as bad:
            self._fail(bad.status)
        else:
            if request is not None:
                status, body, allowed = _respond(request)
                asked = request.headers.get("connection", "").lower().replace(" ", "").split(",")
                self._last = "close" in asked or request.version == "HTTP/1.0"
                self._answer(status, body, allowed, request.method == "HEAD")
        return bool(self._out)

    def _fail(self, status: int) -> None:
        # Where the next request begins is not known any more: the connection cannot go on.
        self._last = True
        self._answer(status, b"")

    def _answer(self, status: int, body: bytes | memoryview, allowed: str = "", head: bool = False) -> None:
        phrase = HTTPStatus(status).phrase
        body = body if status == 200 else f"{status} {phrase}\n".encode()
        lines = [f"HTTP/1.1 {status} {phrase}", f"Date: {formatdate(usegmt=True)}", f"Content-Length: {len(body)}"]
        if allowed:
            lines.append(f"Allow: {allowed}")
        if self._last:
            lines.append("Connection: close")
        self._out.append("\r\n".join([*lines, "", ""]).encode())
        if not head:
            self._out.append(memoryview(body))
        self._renew()

    def _head_is_here(self, request: Request) -> None:
        """From here on the client may take its time for the body; it may be waiting for a word from us."""
        self._renew()
        if request.headers.get("expect", "").lower() == "100-continue" and request.version != "HTTP/1.0":
            self._out.append(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _send(self) -> None:
        sent = self._conn.sendmsg(self._out)  # it may take a part
        self._renew()
        while self._out and sent >= len(self._out[0]):
            sent -= len(self._out.pop(0))
        if self._out:
            self._out[0] = memoryview(self._out[0])[sent:]
        elif self._last:
            # close() with input unread would be a reset, which overtakes the answer. The rest is read
            # and dropped until the client closes too, or its time is over.
            self._conn.shutdown(socket.SHUT_WR)

    def _renew(self) -> None:
        # All have the same patience: whose time begins anew falls due last, and the first in the row is the next.
        self._clients[self] = time.monotonic() + self._patience
        self._clients.move_to_end(self)

    def _watch(self) -> None:
        # Who does not take an answer is not read from: what it sends stays in the kernel, and then with it.
        self._selector.modify(self._conn, selectors.EVENT_WRITE if self._out else selectors.EVENT_READ, self)


def _accept(listener: socket.socket, stop: socket.socket, clients: OrderedDict[_Client, float]) -> socket.socket | None:
    try:
        return listener.accept()[0]
    except (BlockingIOError, ConnectionAbortedError):
        return None  # somebody else was faster, or the client was gone before (accept(2))
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
    if clients:
        # Who has done nothing for longest makes room: not now, its turn may still come in this round.
        clients[next(iter(clients))] = 0
    else:
        # Others have all the descriptors. The listener stays readable: without a pause this would be a busy loop.
        # A poll object takes no descriptor.
        with selectors.PollSelector() as pause:
            pause.register(stop, selectors.EVENT_READ)
            pause.select(PAUSE)
    return None


def serve(listener: socket.socket, stop: socket.socket, patience: float = 10.0) -> None:
    """Answer HTTP requests in one thread, until `stop` is readable; both sockets stay the caller's.

    A head, a body, and each step in taking an answer may last `patience` seconds.
    Raises OSError or ValueError if the listener fails.
    """
    clients: OrderedDict[_Client, float] = OrderedDict()
    mode = listener.gettimeout()
    with selectors.DefaultSelector() as selector:
        try:
            listener.setblocking(False)
            selector.register(listener, selectors.EVENT_READ)
            selector.register(stop, selectors.EVENT_READ)
            while True:
                due = next(iter(clients.values()), None)
                for key, _ in selector.select(None if due is None else max(0, due - time.monotonic())):
                    if key.fileobj is stop:
                        return
                    if key.fileobj is not listener:
                        key.data.ready()
                    elif (conn := _accept(listener, stop, clients)) is not None:
                        _Client(conn, selector, clients, patience)
                now = time.monotonic()
                while clients and next(iter(clients.values())) <= now:
                    next(iter(clients)).late()
        finally:
            for client in list(clients):
                client.close()
            # A closed listener has no mode, and the error that says so is on its way already.
            with contextlib.suppress(OSError):
                listener.settimeout(mode)
