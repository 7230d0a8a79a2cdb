"""os.write() from an offset, and one deletion at the end that the finally clause does on every way out."""

import os
import socket


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        done = 0
        total = len(self.pending)
        try:
            with memoryview(self.pending) as view:
                while done < total:
                    with view[done:] as rest:
                        done += os.write(self._sock.fileno(), rest)
        except BlockingIOError:
            pass
        finally:
            del self.pending[:done]
        return not self.pending
