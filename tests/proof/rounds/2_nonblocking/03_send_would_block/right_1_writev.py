"""Unusual: os.writev() on the raw descriptor with slices of 64 KiB of a memoryview."""

import contextlib
import os
import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending.extend(data)
        return self.flush()

    def flush(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            while self.pending:
                del self.pending[: self._writev()]
        return not self.pending

    def _writev(self) -> int:
        with contextlib.ExitStack() as stack:
            view = stack.enter_context(memoryview(self.pending))
            slices = [stack.enter_context(view[at : at + 65536]) for at in range(0, min(len(view), 16 * 65536), 65536)]
            return os.writev(self._sock.fileno(), slices)
