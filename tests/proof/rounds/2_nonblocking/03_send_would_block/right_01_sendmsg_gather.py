"""sendmsg() with a list of slices of pending (gather output), the views released on every way out."""

import socket

SLICE = 32 * 1024
SLICES = 16


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending.extend(data)
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            views = []
            with memoryview(self.pending) as whole:
                try:
                    for start in range(0, min(len(whole), SLICE * SLICES), SLICE):
                        views.append(whole[start : start + SLICE])
                    count = self._sock.sendmsg(views)
                except BlockingIOError:
                    return False
                finally:
                    for view in views:
                        view.release()
            del self.pending[:count]
        return True
