"""7.2 http for curl

An HTTP/1.1 server (RFC 9112) for curl and wrk, a whole program. The one below serves polite clients only; fix it.
parse_request(buffer) takes one whole request off the front of buffer; while none is whole it returns None and takes
nothing. A body is as long as Content-Length says, or chunked, else empty. Check a trailer like a head, then ignore it,
and extensions. Skip an empty line before a request. Raise BadRequest as soon as it can never become one, with
  400  no request line; a CR or LF alone, or another control character, in a line; a field that is folded, has no colon,
       or whitespace before it; in 1.1 no Host; two Hosts; Content-Length that is not a number, or two that differ (or
       two that agree, as you like); Content-Length beside Transfer-Encoding; a wrong chunk
  413  a body over 16 MiB    414  a request line over 8 KiB    501  another coding    505  a version not 1.0 or 1.1
  431  over 100 fields; over 16 KiB in a head (request line included), a trailer, or the size line of a chunk

serve() answers 200 to GET / with a greeting, to GET /bytes/<n> with n bytes (n up to 16 MiB), to POST or PUT /echo with
the body; to HEAD as to GET, without the body; 404 elsewhere; 405 to another method; 501 to one that HTTP does not have.
Send the answers in the order of the requests, each with a Content-Length. In 1.1 answer Expect: 100-continue with an
interim answer. Close the connection after a 1.0 request, Connection: close, or a BadRequest (answer with its status),
and after no other: say Connection: close in the answer, send it whole even if the client keeps sending, then end.
Never wait for one client; sleep while there is nothing to do. Read nothing from a client while its answer is pending.
A head may take `patience` seconds, then a body: after that send 408, or just the end if nothing has come. Close a
client that takes none of its answer for so long. One that resets, or hangs up half way, ends itself alone. Skip one
that was gone before accept() returned (ECONNABORTED). With all descriptors in use go on, even with nobody connected,
and accept when one is free. At `stop`, and if another error of accept() propagates, close all connections and put the
listener's mode back.

Document: beyond it; program 5 as a real server. make run K=7.2, then curl -v http://127.0.0.1:6969/
"""

import selectors
import socket
from dataclasses import dataclass


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
        super().__init__(status)
        self.status = status


def parse_request(buffer: bytearray) -> Request | None:
    """Take one whole request off the front of buffer; None, and nothing taken, while it is not whole.

    Raises BadRequest for what can never become a request, as soon as that can be known.
    """
    head, end, rest = bytes(buffer).partition(b"\r\n\r\n")
    if not end:
        return None
    buffer.clear()
    start, *lines = head.decode().split("\r\n")
    method, target, version = start.split(" ")
    headers = {}
    for line in lines:
        name, value = line.split(":")
        headers[name] = value.strip()
    length = int(headers.get("Content-Length", 0))
    if len(rest) < length:
        return None
    return Request(method, target, headers, rest[:length], version)


def respond(request: Request) -> bytes:
    """The whole answer to a request."""
    status, body = "404 Not Found", b""
    if request.target == "/":
        status, body = "200 OK", b"hello, whoever you are\n"
    elif request.target.startswith("/bytes/"):
        status, body = "200 OK", bytes(int(request.target[7:]))
    elif request.target == "/echo":
        status, body = "200 OK", request.body
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def serve(listener: socket.socket, stop: socket.socket, patience: float = 10.0) -> None:
    """Answer HTTP requests in one thread, until `stop` is readable; both sockets stay the caller's.

    A head, a body, and each step in taking an answer may last `patience` seconds.
    Raises OSError or ValueError if the listener fails.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(stop, selectors.EVENT_READ)
        buffers: dict[int, bytearray] = {}
        while True:
            for key, _ in selector.select():
                if key.fileobj is stop:
                    return
                if key.fileobj is listener:
                    conn, _ = listener.accept()
                    selector.register(conn, selectors.EVENT_READ, conn)
                    buffers[conn.fileno()] = bytearray()
                    continue
                buffers[key.fd] += key.data.recv(65536)
                request = parse_request(buffers[key.fd])
                if request is not None:
                    key.data.sendall(respond(request))
