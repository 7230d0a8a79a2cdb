"""Lets int() decide what a size is: it takes '+1', '1_0', '-5' and '0x5' as well.

caught by: test_what_can_never_become_a_request_is_refused
words: a length below 0: this can never become a request, and your code did not raise BadRequest
"""

import re
from dataclasses import dataclass

LINE = 8 * 1024
HEAD = 16 * 1024
FIELDS = 100
BODY = 16 * 1024 * 1024
TOKEN = b"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
START = re.compile(TOKEN.join([b"(", b") ([!-~]+) HTTP/([0-9])\\.([0-9])"]))
NAME = re.compile(TOKEN)
CONTROL = re.compile(b"[\\x00-\\x08\\x0a-\\x1f\\x7f]")


@dataclass
class Request:
    method: str
    target: str
    headers: object
    body: bytes
    version: str = "HTTP/1.1"


class BadRequest(Exception):
    def __init__(self, status):
        self.status = status


class _Parser:
    def __init__(self, buffer, on_head):
        self._buffer, self._on_head = (buffer, on_head)
        self._begun = False

    @property
    def idle(self):
        return not self._begun and (not self._buffer)

    def requests(self):
        while True:
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

    def _line(self, limit, status):
        while True:
            end = self._buffer.find(b"\n")
            line = bytes(self._buffer if end < 0 else self._buffer[:end])
            text = line.removesuffix(b"\r")
            if len(text) > limit:
                raise BadRequest(status)
            if CONTROL.search(text) or (end >= 0 and text == line):
                raise BadRequest(400)
            if end >= 0:
                del self._buffer[: end + 1]
                return text
            yield None

    def _fields(self, room):
        headers: object = {}
        for _ in range(FIELDS + 1):
            line = yield from self._line(room, 431)
            if not line:
                return headers
            room -= len(line) + 2
            name, colon, value = line.partition(b":")
            if not colon or not NAME.fullmatch(name):
                raise BadRequest(400)
            key, text = (name.decode().lower(), value.strip(b" \t").decode("latin-1"))
            if key in headers and key in ("host", "content-length"):
                raise BadRequest(400)
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        raise BadRequest(431)

    def _body(self, length):
        body = bytearray()
        if length is not None:
            yield from self._move(length, body)
            return bytes(body)
        while True:
            line = yield from self._line(HEAD, 431)
            try:
                size = int(line.partition(b";")[0], 16)
            except ValueError:
                raise BadRequest(400) from None
            if len(body) + size > BODY:
                raise BadRequest(413)
            if not size:
                break
            yield from self._move(size, body)
            yield from self._line(0, 400)
        yield from self._fields(HEAD)
        return bytes(body)

    def _move(self, size, body):
        while size:
            piece = self._buffer[:size]
            del self._buffer[:size]
            body += piece
            size -= len(piece)
            if size:
                yield None


def _body_length(request):
    headers, old = (request.headers, request.version == "HTTP/1.0")
    coding, length = (headers.get("transfer-encoding"), headers.get("content-length"))
    if "host" not in headers and (not old):
        raise BadRequest(400)
    if coding is not None:
        if length is not None or old:
            raise BadRequest(400)
        if coding.lower() != "chunked":
            raise BadRequest(501)
        return None
    if length is None:
        return 0
    try:
        size = int(length)
    except ValueError:
        raise BadRequest(400) from None
    if size > BODY:
        raise BadRequest(413)
    return size


def parse_request(buffer):
    rest = bytearray(buffer)
    request = next(_Parser(rest, lambda request: None).requests())
    if request is not None:
        buffer[:] = rest
    return request


def serve(listener, stop, patience=10.0):
    raise NotImplementedError
