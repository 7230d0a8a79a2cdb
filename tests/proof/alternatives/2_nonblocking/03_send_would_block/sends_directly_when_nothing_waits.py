"""Sends new data directly once nothing is pending any more, and queues what did not go, after an error too."""

import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def _send(self, data: bytes | bytearray) -> int:
        try:
            return self.sock.send(data)
        except BlockingIOError:
            return 0

    def write(self, data: bytes) -> bool:
        taken = 0
        try:
            if self.flush():
                taken = self._send(data)
        finally:
            self.pending += data[taken:]
        return not self.pending

    def flush(self) -> bool:
        if self.pending:
            self.pending = self.pending[self._send(self.pending) :]
        return not self.pending
