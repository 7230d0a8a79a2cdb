"""Takes the head off as soon as it is there, and looks for the next one where the body should be.

caught by: test_two_requests_are_cut_out_wherever_the_stream_was_cut
words: the request was not whole yet, and your code took a part of it from the buffer
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
        headers[name.lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    del buffer[: len(head) + 4]
    if len(rest) < length:
        return None
    del buffer[:length]
    return Request(method, target, headers, rest[:length], version)


def serve(listener, stop, patience=10.0):
    raise NotImplementedError
