"""Keeps the pieces in a queue and hands several to one sendmsg; pending is worked out when asked for."""

import socket
from collections import deque
from itertools import islice


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.queue: deque[memoryview] = deque()

    @property
    def pending(self) -> bytearray:
        return bytearray().join(self.queue)

    def write(self, data: bytes) -> bool:
        if data:
            self.queue.append(memoryview(bytes(data)))
        return self.flush()

    def flush(self) -> bool:
        while self.queue:
            try:
                taken = self.sock.sendmsg(list(islice(self.queue, 16)))
            except BlockingIOError:
                return False
            while taken:
                piece = self.queue.popleft()
                if taken < len(piece):
                    self.queue.appendleft(piece[taken:])
                taken = max(0, taken - len(piece))
        return True
