"""Unusual: a sender and a receiver, two generators, which poll() resumes in turn."""

import select
import socket
from collections.abc import Generator


def _sender(sock: socket.socket, data: bytes) -> Generator[int, None, None]:
    view = memoryview(data)
    while view:
        yield select.POLLOUT
        try:
            view = view[sock.send(view[:262144]) :]
        except BlockingIOError:
            pass


def _receiver(sock: socket.socket, n: int, pieces: list[bytes]) -> Generator[int, None, None]:
    while n > 0:
        yield select.POLLIN
        try:
            piece = sock.recv(min(n, 65536))
        except BlockingIOError:
            continue
        if not piece:
            raise EOFError("the peer ended too early")
        pieces.append(piece)
        n -= len(piece)


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    pieces: list[bytes] = []
    timeout = sock.gettimeout()
    try:
        sock.settimeout(0)
        poller = select.poll()
        # Each waits for its own event.
        waiting = []
        for task in (_receiver(sock, n, pieces), _sender(sock, data)):
            for event in task:
                waiting.append((task, event))
                break
        while waiting:
            wanted = 0
            for _, event in waiting:
                wanted |= event
            poller.register(sock, wanted)
            [(_, events)] = poller.poll()
            failed = events & ~(select.POLLIN | select.POLLOUT)
            still = []
            for task, event in waiting:
                if not failed and not events & event:
                    still.append((task, event))
                elif (again := next(task, None)) is not None:
                    still.append((task, again))
            waiting = still
    finally:
        sock.settimeout(timeout)
    return b"".join(pieces)
