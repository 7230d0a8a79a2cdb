"""asyncio's loop and streams, one task for each client, on connections that a task of its own accepts."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

LIMIT = 16 << 20


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


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: float) -> None:
        self.reader, self.writer, self.patience = reader, writer, patience
        self.buffer = bytearray()

    async def more(self) -> None:
        piece = await self.reader.read(65536)
        if not piece:
            raise EOFError
        self.buffer += piece

    async def say(self, data: bytes) -> None:
        """In pieces, each of which has its time."""
        for at in range(0, len(data), 65536):
            self.writer.write(data[at : at + 65536])
            await asyncio.wait_for(self.writer.drain(), self.patience)

    async def head(self) -> tuple[Request, int | None, int]:
        while (found := read_head(bytes(self.buffer[:30000]))) is None:
            await self.more()
        return found

    async def body(self) -> Request:
        while (request := parse_request(self.buffer)) is None:
            await self.more()
        return request

    async def serve_one(self) -> bool:
        """One request and its answer; whether another one may follow."""
        try:
            head, _, at = await asyncio.wait_for(self.head(), self.patience)
            expects = head.version != "HTTP/1.0" and head.headers.get("expect") == "100-continue"
            if expects and len(self.buffer) <= at:
                await self.say(b"HTTP/1.1 100 Continue\r\n\r\n")
            request = await asyncio.wait_for(self.body(), self.patience)
        except asyncio.TimeoutError:
            if self.buffer:
                await self.say(answer("408 Too Slow"))
            return False
        except BadRequest as bad:
            await self.say(answer(f"{bad.status} No"))
            return False
        data, last = respond(request)
        await self.say(data)
        return not last

    async def drop_the_rest(self) -> None:
        while await self.reader.read(65536):
            pass

    async def run(self) -> None:
        try:
            while await self.serve_one():
                pass
            self.writer.write_eof()
            await asyncio.wait_for(self.drop_the_rest(), self.patience)
        except (OSError, EOFError, asyncio.TimeoutError):
            pass
        finally:
            self.writer.transport.abort()


async def talk(conn: socket.socket, patience: float) -> None:
    reader, writer = await asyncio.open_connection(sock=conn)
    writer.transport.set_write_buffer_limits(high=0)
    await Connection(reader, writer, patience).run()


async def accept_all(listener: socket.socket, patience: float, tasks: set[asyncio.Task[None]]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            conn, _ = await loop.sock_accept(listener)
        except ConnectionAbortedError:
            continue
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
            await asyncio.wait(tasks or {loop.create_future()}, timeout=0.1)
            continue
        spawn(talk(conn, patience), tasks)


def spawn(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> asyncio.Task[None]:
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


async def main(listener: socket.socket, stop: socket.socket, patience: float) -> None:
    loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()
    stopped = asyncio.Event()
    loop.add_reader(stop, stopped.set)
    accepting = loop.create_task(accept_all(listener, patience, tasks))
    stopping = loop.create_task(stopped.wait())
    try:
        await asyncio.wait([accepting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if accepting.done():
            accepting.result()
    finally:
        loop.remove_reader(stop)
        # Before 3.12 wait_for() can swallow a cancellation: ask again.
        while every := [task for task in (accepting, stopping, *tasks) if not task.done()]:
            for task in every:
                task.cancel()
            await asyncio.wait(every, timeout=0.05)


def serve(listener: socket.socket, stop: socket.socket, patience: float = 10.0) -> None:
    mode = listener.gettimeout()
    listener.setblocking(False)
    try:
        asyncio.run(main(listener, stop, patience))
    finally:
        listener.settimeout(mode)
