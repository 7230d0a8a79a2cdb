"""Waits for room, up to 50 ms, while more than 1 MiB is pending.

caught by: test_it_never_waits_and_leaves_the_mode_alone
words: your code waited for room, and should have returned False at once
"""

import select
import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

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
                sent = self._sock.send(self.pending)
            except BlockingIOError:
                if len(self.pending) > 1 << 20:  # memory is short: let the peer read
                    poll = select.poll()
                    poll.register(self._sock, select.POLLOUT)
                    if poll.poll(50):
                        continue
                return False
            del self.pending[:sent]
        return True
