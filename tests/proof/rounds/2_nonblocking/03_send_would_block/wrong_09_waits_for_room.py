"""When the kernel takes no more, waits up to 50 ms with select() for room before it gives up.

caught by: test_it_never_waits_and_leaves_the_mode_alone
words: your code waited for room, and should have returned False at once
"""

import select
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
        while self.pending:
            try:
                count = self._sock.send(self.pending)
            except BlockingIOError:
                poller = select.poll()
                poller.register(self._sock, select.POLLOUT)
                if not poller.poll(50):
                    return False
                continue
            del self.pending[:count]
        return True
