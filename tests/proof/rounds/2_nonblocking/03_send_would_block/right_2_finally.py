"""Unusual: walks with an offset and removes what was sent in a finally, on every way out."""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending[len(self.pending) :] = data
        return self.flush()

    def flush(self) -> bool:
        done = 0
        total = len(self.pending)
        try:
            with memoryview(self.pending) as view:
                while done < total:
                    with view[done:] as rest:
                        done += self._sock.send(rest)
        except BlockingIOError:
            return False
        finally:
            del self.pending[:done]
        return True
