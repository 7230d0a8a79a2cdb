"""Looks for Content-Length as it is mostly spelled: in another case there is no body.

caught by: test_two_requests_are_cut_out_wherever_the_stream_was_cut
words: your code did not take exactly one request
"""

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
    if not end:
        return None
    start, *lines = head.decode("latin-1").split("\r\n")
    method, target, version = start.split(" ")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name] = value.strip()
    length = int(headers.get("Content-Length", 0))
    if len(rest) < length:
        return None
    del buffer[: len(head) + 4 + length]
    return Request(method, target, {name.lower(): headers[name] for name in headers}, rest[:length], version)


def serve(listener, stop, patience=10.0):
    raise NotImplementedError
