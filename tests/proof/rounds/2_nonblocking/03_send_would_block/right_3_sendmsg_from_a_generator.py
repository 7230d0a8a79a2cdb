"""Unusual: a generator sends with sendmsg() and MSG_DONTWAIT, flush() consumes it."""

import collections
import socket
from collections.abc import Iterator


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._send = sock.sendmsg
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending.__iadd__(data)
        return self.flush()

    def flush(self) -> bool:
        collections.deque(self._sending(), maxlen=0)
        return len(self.pending) == 0

    def _sending(self) -> Iterator[int]:
        while self.pending:
            half = len(self.pending) // 2
            try:
                sent = self._send([self.pending[:half], self.pending[half:]], [], socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            del self.pending[:sent]
            yield sent
