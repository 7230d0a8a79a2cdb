"""Tries to send as soon as it has read, keeps the pieces in a deque, and reads small pieces until EAGAIN."""

import contextlib
import selectors
import socket
from collections import deque


class EchoConnection:
    def __init__(self, sock: socket.socket, high: int, low: int) -> None:
        self._sock = sock
        self._marks = low, high
        self._pieces: deque[bytes] = deque()
        self._reading = selectors.EVENT_READ
        self._over = False

    @property
    def output(self) -> bytes:
        return b"".join(self._pieces)

    @property
    def events(self) -> int:
        reading = 0 if self._over else self._reading
        return reading | (selectors.EVENT_WRITE if self._pieces else 0)

    def on_ready(self, mask: int) -> None:
        if mask & selectors.EVENT_READ:
            with contextlib.suppress(BlockingIOError):
                while self._reading and not self._over:
                    piece = self._sock.recv(4096)
                    if piece:
                        self._pieces.append(piece)
                    else:
                        self._over = True
                    self._weigh()
        with contextlib.suppress(BlockingIOError):
            while self._pieces:
                sent = self._sock.send(self._pieces[0])
                self._pieces[0] = self._pieces[0][sent:]
                if not self._pieces[0]:
                    self._pieces.popleft()
        self._weigh()

    def _weigh(self) -> None:
        weight = sum(map(len, self._pieces))
        low, high = self._marks
        if weight <= low:
            self._reading = selectors.EVENT_READ
        elif weight >= high:
            self._reading = 0
