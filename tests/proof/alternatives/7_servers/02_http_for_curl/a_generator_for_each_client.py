"""A generator for each client, which yields the event that it waits for; requests are parsed anew at each piece."""

from __future__ import annotations

import errno
import re
import selectors
import socket
import time
from collections.abc import Generator
from dataclasses import dataclass

LIMIT = 16 << 20
R, W = selectors.EVENT_READ, selectors.EVENT_WRITE


@dataclass
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    version: str = "HTTP/1.1"


class BadRequest(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def check(good: object, status: int = 400) -> None:
    if not good:
        raise BadRequest(status)


def parse_head(buffer: bytes, start: int, room: int) -> tuple[list[tuple[str, str]], int] | None:
    """Fields from `start` up to the empty line, and where the next byte stands."""
    fields: list[tuple[str, str]] = []
    at = start
    while True:
        end = buffer.find(b"\n", at)
        check((end if end >= 0 else len(buffer)) - start <= room and len(fields) <= 100, 431)
        if end < 0:
            return None
        field = re.fullmatch(rb"(?:([\w!#$%&'*+.^`|~-]+):([^\x00-\x08\x0a-\x1f\x7f]*))?\r", buffer[at:end], re.ASCII)
        check(field)
        assert field is not None
        at = end + 1
        if field[1] is None:
            return fields, at
        fields.append((field[1].decode().lower(), field[2].decode("latin-1").strip(" \t")))


def read_head(buffer: bytes) -> tuple[Request, int | None, int] | None:
    """A request without its body, the length of that (None: in chunks), and where it begins."""
    skipped = len(buffer) - len(buffer.lstrip(b"\r\n"))
    check(not re.match(rb"(\r\n)*(\n|\r[^\n])", buffer))
    end = buffer.find(b"\n", skipped)
    check((end if end >= 0 else len(buffer)) - skipped <= 8192, 414)
    if end < 0:
        return None
    words = re.fullmatch(rb"([\w!#$%&'*+.^`|~-]+) ([!-~]+) HTTP/(\d\.\d)\r", buffer[skipped:end], re.ASCII)
    check(words)
    assert words is not None
    method, target, version = (word.decode() for word in words.groups())
    check(version in ("1.0", "1.1"), 505)
    found = parse_head(buffer, end + 1, 16384 - (end - skipped))
    if found is None:
        return None
    fields, at = found
    headers: dict[str, str] = {}
    for name, value in fields:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    hosts = sum(name == "host" for name, _ in fields)
    check(hosts == 1 or (version == "1.0" and hosts == 0))
    request = Request(method, target, headers, b"", "HTTP/" + version)
    lengths = {value for name, value in fields if name == "content-length"}
    if "transfer-encoding" in headers:
        check(not lengths and version == "1.1")
        check(headers["transfer-encoding"].lower() == "chunked", 501)
        return request, None, at
    check(len(lengths) < 2 and all(re.fullmatch("[0-9]+", value) for value in lengths))
    length = int(max(lengths, default="0").lstrip("0")[:12] or 0)
    check(length <= LIMIT, 413)
    return request, length, at


def read_chunks(buffer: bytes, at: int) -> tuple[bytes, int] | None:
    pieces, total = [], 0
    while True:
        end = buffer.find(b"\n", at)
        check((end if end >= 0 else len(buffer)) - at <= 16384, 431)
        if end < 0:
            return None
        size = re.fullmatch(rb"([0-9a-fA-F]+)(;[^\x00-\x08\x0a-\x1f\x7f]*)?\r", buffer[at:end])
        check(size)
        assert size is not None
        count = int(size[1], 16)
        total += count
        check(total <= LIMIT, 413)
        at = end + 1
        if not count:
            break
        behind = buffer[at + count : at + count + 2]
        check(b"\r\n".startswith(behind))
        if len(behind) < 2:
            return None
        pieces.append(buffer[at : at + count])
        at += count + 2
    found = parse_head(buffer, at, 16384)
    return found and (b"".join(pieces), found[1])


def parse_request(buffer: bytearray) -> Request | None:
    found = read_head(bytes(buffer))
    if found is None:
        return None
    request, length, at = found
    if length is None:
        whole = read_chunks(bytes(buffer), at)
        if whole is None:
            return None
        request.body, at = whole
    else:
        if len(buffer) < at + length:
            return None
        request.body, at = bytes(buffer[at : at + length]), at + length
    del buffer[:at]
    return request


def respond(request: Request) -> tuple[bytes, bool]:
    """The whole answer, and whether it is the last one."""
    path, method, allow = request.target, request.method, ""
    status, body = "200 OK", b"good day\n"
    if method not in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"}:
        status = "501 Not Implemented"
    elif path == "/echo":
        allow, body = "POST, PUT", request.body
    elif path == "/":
        allow = "GET, HEAD"
    elif re.fullmatch("/bytes/[0-9]{1,8}", path) and int(path[7:]) <= LIMIT:
        allow, body = "GET, HEAD", b"x" * int(path[7:])
    else:
        status = "404 Not Found"
    if allow and method not in allow.split(", "):
        status = "405 Method Not Allowed"
    last = request.version == "HTTP/1.0" or "close" in re.split("[, ]+", request.headers.get("connection", "").lower())
    return answer(status, body if status[:3] == "200" else b"", last, allow, method == "HEAD"), last


def answer(status: str, body: bytes = b"", last: bool = True, allow: str = "", head: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"Allow: {allow}"] * bool(allow) + ["Connection: close"] * last
    return "\r\n".join([*lines, "", ""]).encode() + (b"" if head else body)


Talk = Generator[int, None, None]


class Client:
    def __init__(self, conn: socket.socket, patience: float) -> None:
        self.conn, self.patience = conn, patience
        self.buffer = bytearray()
        self.phase = "head"
        self.renew()
        conn.setblocking(False)
        self.talk = self.conversation()

    def renew(self) -> None:
        self.due = time.monotonic() + self.patience

    def send(self, data: bytes) -> Talk:
        rest = memoryview(data)
        self.phase = "answer"
        self.renew()
        while rest:
            try:
                rest = rest[self.conn.send(rest) :]
                self.renew()
            except BlockingIOError:
                yield W

    def read(self) -> Generator[int, None, bytes]:
        while True:
            yield R
            try:
                return self.conn.recv(65536)
            except BlockingIOError:
                continue

    def conversation(self) -> Talk:
        try:
            last = False
            while not last:
                self.phase = "head"
                self.renew()
                while (request := parse_request(self.buffer)) is None:
                    if self.phase == "head" and (found := read_head(bytes(self.buffer[:30000]))):
                        expects = found[0].headers.get("expect") == "100-continue"
                        if expects and found[0].version != "HTTP/1.0":
                            yield from self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
                        self.phase = "body"
                        self.renew()
                    piece = yield from self.read()
                    if not piece:
                        return
                    self.buffer += piece
                data, last = respond(request)
                yield from self.send(data)
        except BadRequest as bad:
            yield from self.send(answer(f"{bad.status} Bad Luck"))
        yield from self.end()

    def end(self) -> Talk:
        self.phase = "end"
        self.conn.shutdown(socket.SHUT_WR)
        while (yield from self.read()):
            pass

    def timeout(self) -> Talk:
        yield from self.send(answer("408 Request Timeout"))
        yield from self.end()


def serve(listener: socket.socket, stop: socket.socket, patience: float = 10.0) -> None:
    mode = listener.gettimeout()
    clients: dict[socket.socket, Client] = {}
    selector = selectors.DefaultSelector()

    def go_on(client: Client) -> None:
        try:
            events = next(client.talk, 0)
        except OSError:
            events = 0
        if events:
            selector.modify(client.conn, events, client)
        else:
            drop(client)

    def drop(client: Client) -> None:
        selector.unregister(client.conn)
        client.conn.close()
        del clients[client.conn]

    try:
        listener.setblocking(False)
        selector.register(listener, R)
        selector.register(stop, R)
        while True:
            next_due = min((client.due for client in clients.values()), default=None)
            wait = None if next_due is None else max(0.0, next_due - time.monotonic())
            deaf = listener not in selector.get_map()
            if deaf:
                wait = min(0.2, 0.2 if wait is None else wait)
            events = selector.select(wait)
            if deaf:
                selector.register(listener, R)
            for key, _ in events:
                if key.fileobj is stop:
                    return
                if key.fileobj is not listener:
                    go_on(key.data)
                    continue
                try:
                    conn, _ = listener.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    continue
                except OSError as error:
                    if error.errno != errno.EMFILE:
                        raise
                    selector.unregister(listener)
                    continue
                clients[conn] = client = Client(conn, patience)
                selector.register(conn, R, client)
                go_on(client)
            for client in list(clients.values()):
                if client.due > time.monotonic():
                    continue
                if client.phase in ("answer", "end") or (client.phase == "head" and not client.buffer):
                    drop(client)
                else:
                    client.talk = client.timeout()
                    go_on(client)
    finally:
        for conn in clients:
            conn.close()
        selector.close()
        listener.settimeout(mode)
