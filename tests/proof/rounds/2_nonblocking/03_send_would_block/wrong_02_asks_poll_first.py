"""Sends only if poll() says POLLOUT, which Linux says only when a third of the buffer is free: send() would take more.

caught by: test_a_little_room_is_used
words: there was a little room, and your flush() did not use it
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
            poll = select.poll()
            if self._sock.fileno() >= 0:
                poll.register(self._sock, select.POLLOUT)
                if not poll.poll(0):
                    return False
            try:
                sent = self._sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:sent]
        return True
