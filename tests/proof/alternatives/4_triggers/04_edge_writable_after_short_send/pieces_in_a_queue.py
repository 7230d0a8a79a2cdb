"""Keeps the writes in a queue and sends the foremost until one is refused."""

import socket
from collections import deque


class EdgeWriter:
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._queue: deque[memoryview] = deque()

    def write(self, data: bytes) -> None:
        self._queue.append(memoryview(data))
        if len(self._queue) == 1:
            self.on_writable()

    def on_writable(self) -> None:
        while self._queue:
            try:
                taken = self._sock.send(self._queue[0])
            except BlockingIOError:
                return
            if taken < len(self._queue[0]):
                self._queue[0] = self._queue[0][taken:]
            else:
                self._queue.popleft()
