"""A right answer in which two generators yield the event that they wait for, and a small loop polls for both."""

import select
import socket
from collections.abc import Generator


def sender(sock: socket.socket, data: bytes) -> Generator[int, None, None]:
    view = memoryview(data)
    while view:
        try:
            view = view[sock.send(view[: 1 << 18]) :]
        except BlockingIOError:
            yield select.POLLOUT


def receiver(sock: socket.socket, target: bytearray) -> Generator[int, None, None]:
    view = memoryview(target)
    while view:
        try:
            count = sock.recv_into(view)
        except BlockingIOError:
            yield select.POLLIN
        else:
            if count == 0:
                raise EOFError("the peer has ended too early")
            view = view[count:]


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    target = bytearray(n)
    tasks = [receiver(sock, target), sender(sock, data)]
    try:
        sock.setblocking(False)
        while True:
            waiting = []
            events = 0
            for task in tasks:
                event = next(task, None)
                if event is not None:
                    waiting.append(task)
                    events |= event
            if not waiting:
                return bytes(target)
            tasks = waiting
            poller = select.poll()
            poller.register(sock, events)
            poller.poll()
    finally:
        sock.settimeout(timeout)
