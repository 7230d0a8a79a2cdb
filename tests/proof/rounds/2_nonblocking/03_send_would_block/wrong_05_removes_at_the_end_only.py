"""Removes what it sent after the loop, which a full buffer leaves early: those bytes go twice.

caught by: test_what_the_kernel_does_not_take_is_pending
words: your pending was not exactly the part that the kernel did not take
"""

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
        done = 0
        while done < len(self.pending):
            try:
                with memoryview(self.pending) as view, view[done : done + 65536] as piece:
                    done += self._sock.send(piece)
            except BlockingIOError:
                return False
        self.pending.clear()
        return True
