"""Unusual: non-blocking, os.writev() and os.readv() on the raw descriptor, both directions watched by one poll()."""

import contextlib
import os
import select
import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with contextlib.ExitStack() as stack:
        sock = stack.enter_context(_connect(address))
        sock.setblocking(False)
        fd = sock.fileno()
        poll = select.poll()
        poll.register(fd, select.POLLIN | select.POLLOUT)
        rest = memoryview(request)
        writing = True
        reading = True
        reply = bytearray()
        block = bytearray(65536)
        while writing or reading:
            events = (reading and select.POLLIN) | (writing and select.POLLOUT)
            poll.modify(fd, events)
            poll.poll()
            if writing:
                with contextlib.suppress(BlockingIOError):
                    if rest:
                        rest = rest[os.writev(fd, [rest]) :]
                    if not rest:
                        sock.shutdown(socket.SHUT_WR)
                        writing = False
            if reading:
                with contextlib.suppress(BlockingIOError):
                    count = os.readv(fd, [block])
                    reply += block[:count]
                    reading = count > 0
        return bytes(reply)


def _connect(address: tuple[str, int]) -> socket.socket:
    with contextlib.ExitStack() as stack:
        failure = OSError("no address")
        for family, kind, proto, _, to in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            sock = socket.socket(family, kind, proto)
            stack.callback(sock.close)
            try:
                sock.settimeout(None)
                sock.connect(to)
            except OSError as error:
                failure = error
                sock.close()
            else:
                stack.pop_all()
                return sock
        raise failure
