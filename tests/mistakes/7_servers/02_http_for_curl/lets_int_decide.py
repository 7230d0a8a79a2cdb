"""Lets int() decide what a size is: it takes '+1', '1_0', '-5' and '0x5' as well.

caught by: test_what_can_never_become_a_request_is_refused
words: a length with a plus: this can never become a request, and is not refused
"""

import re
from dataclasses import dataclass


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
    if "transfer-encoding" in headers and "content-length" in headers:
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
            size = int(line, 16)
        except ValueError:
            raise BadRequest(400) from None
        at += len(line) + 2
        if len(rest) < at + size + 2:
            return None, 0
        body += rest[at : at + size]
        at += size + 2
        if not size:
            return body, at


def serve(listener, stop, patience=10.0):
    raise NotImplementedError
