"""Looks before each read, in whatever mode the socket is; pieces are numbered before they are read."""

import fcntl
import os
import select
import signal
import socket


class SigioReceiver:
    def __init__(self, sock: socket.socket) -> None:
        self.data = bytearray()
        self.eof = False
        self._fd = sock.fileno()
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)
        self._busy = 0
        self._owner = fcntl.fcntl(self._fd, fcntl.F_GETOWN)
        self._former = signal.getsignal(signal.SIGIO)
        self._flags = fcntl.fcntl(self._fd, fcntl.F_GETFL)
        signal.signal(signal.SIGIO, self._handle)
        fcntl.fcntl(self._fd, fcntl.F_SETFL, self._flags | os.O_ASYNC)
        fcntl.fcntl(self._fd, fcntl.F_SETOWN, os.getpid())
        signal.raise_signal(signal.SIGIO)

    def _handle(self, signum: int, frame: object) -> None:
        self._busy += 1
        if self._busy > 1:
            return
        while True:
            seen = self._busy
            # poll() tells whether read() would return at once; only this one reads.
            while not self.eof and self._poll.poll(0):
                try:
                    piece = os.read(self._fd, 8192)
                except OSError:
                    piece = b""
                self.data.extend(piece)
                self.eof = piece == b""
            if self._leave(seen):
                return

    def _leave(self, seen: int) -> bool:
        former = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGIO])
        done = self._busy == seen
        if done:
            self._busy = 0
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
        return done

    def close(self) -> None:
        fcntl.fcntl(self._fd, fcntl.F_SETFL, self._flags)
        fcntl.fcntl(self._fd, fcntl.F_SETOWN, self._owner)
        signal.signal(signal.SIGIO, self._former)
