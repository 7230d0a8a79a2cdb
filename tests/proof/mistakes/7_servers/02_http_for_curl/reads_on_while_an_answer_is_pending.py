"""Always wants to read: who asks and does not take the answer fills the memory.

caught by: test_a_client_that_does_not_take_its_answer_is_not_read_from
words: nobody took the answer, and the server read the client's next requests: memory fills up
"""

import re
import selectors
import socket
import time
from dataclasses import dataclass

R, W = selectors.EVENT_READ, selectors.EVENT_WRITE


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: bytes
    version: str = "HTTP/1.1"


class BadRequest(Exception):
    def __init__(self, status):
        self.status = status


def parse_request(buffer):
    head, end, rest = bytes(buffer).partition(b"\r\n\r\n")
    if len(head) > 16384:
        raise BadRequest(431)
    if not end:
        return None
    start, *lines = head.decode("latin-1").split("\r\n")
    words = re.fullmatch(r"([A-Z]+) (\S+) HTTP/(1\.[01])", start)
    if not words:
        raise BadRequest(400)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[\w-]+", name):
            raise BadRequest(400)
        headers[name.lower()] = value.strip()
    if "host" not in headers:
        raise BadRequest(400)
    if "chunked" in headers.get("transfer-encoding", ""):
        body, size = read_chunks(rest)
        if body is None:
            return None
    else:
        try:
            size = int(headers.get("content-length", 0))
        except ValueError:
            raise BadRequest(400) from None
        if size < 0:
            raise BadRequest(400)
        if len(rest) < size:
            return None
        body = rest[:size]
    del buffer[: len(head) + 4 + size]
    return Request(words[1], words[2], headers, body)


def read_chunks(rest):
    body, at = b"", 0
    while True:
        line, end, _ = rest[at:].partition(b"\r\n")
        if not end:
            return None, 0
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            raise BadRequest(400) from None
        at += len(line) + 2
        if len(rest) < at + size + 2:
            return None, 0
        body += rest[at : at + size]
        at += size + 2
        if not size:
            return body, at


def respond(request):
    body = b"hello\n"
    if request.target.startswith("/bytes/"):
        body = bytes(int(request.target[7:]))
    elif request.target == "/echo":
        body = request.body
    return answer("200 OK", body)


def answer(status, body=b"", more=""):
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


class Client:
    def __init__(self, conn, patience):
        conn.setblocking(False)
        self.conn, self.patience = conn, patience
        self.buffer, self.out = bytearray(), b""
        self.last = self.ended = False
        self.due = time.monotonic() + patience

    def ready(self, mask):
        if mask & R:
            piece = self.conn.recv(65536)
            self.ended = not piece
            if not self.last:
                self.buffer += piece
                self.answer()
        if self.out:
            self.out = self.out[self.conn.send(self.out) :]
            self.due = time.monotonic() + self.patience
        if not self.out and not self.last:
            self.answer()
        if self.last and not self.out:
            self.conn.shutdown(socket.SHUT_WR)

    def answer(self):
        if self.out:
            return
        try:
            request = parse_request(self.buffer)
        except BadRequest as bad:
            self.out, self.last = answer(f"{bad.status} No", b"", "Connection: close\r\n"), True
        else:
            self.out = respond(request) if request else b""

    def late(self):
        if self.out or self.last or not self.buffer:
            self.ended = True
        else:
            self.out, self.last = answer("408 Late", b"", "Connection: close\r\n"), True
            self.due = time.monotonic() + self.patience


def serve(listener, stop, patience=10.0):
    listener.setblocking(False)
    clients = {}
    with selectors.DefaultSelector() as selector:
        selector.register(listener, R)
        selector.register(stop, R)
        while True:
            wait = min((client.due for client in clients.values()), default=time.monotonic() + 60) - time.monotonic()
            for key, mask in selector.select(max(wait, 0)):
                if key.fileobj is stop:
                    return
                if key.fileobj is listener:
                    conn, _ = listener.accept()
                    clients[conn] = Client(conn, patience)
                    selector.register(conn, R, clients[conn])
                    continue
                try:
                    key.data.ready(mask)
                except BlockingIOError:
                    pass
                except OSError:
                    key.data.ended = True
            for conn, client in list(clients.items()):
                if client.due <= time.monotonic():
                    client.late()
                if client.ended:
                    selector.unregister(conn)
                    conn.close()
                    del clients[conn]
                else:
                    selector.modify(conn, R | W if client.out else R, client)
