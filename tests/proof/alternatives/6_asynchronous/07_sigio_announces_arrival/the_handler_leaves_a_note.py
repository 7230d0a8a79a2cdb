"""The handler does nothing but leave a note; who asks for data reads first what the note is about."""

import fcntl
import os
import signal
import socket
import termios


class SigioReceiver:
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._data = bytearray()
        self._eof = False
        self._note = True  # for what is there already
        self._settings = sock.gettimeout(), fcntl.fcntl(sock, fcntl.F_GETOWN), fcntl.fcntl(sock, fcntl.F_GETFL)
        sock.setblocking(False)
        self._former = signal.signal(signal.SIGIO, self._leave_note)
        fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
        fcntl.ioctl(sock, termios.FIOASYNC, b"\1\0\0\0")

    def _leave_note(self, *_: object) -> None:
        self._note = True

    def _take(self) -> None:
        while self._note:
            self._note = False
            try:
                while piece := self._sock.recv(1 << 20):
                    self._data += piece
                self._eof = True
            except BlockingIOError:
                pass
            except OSError:
                self._eof = True

    @property
    def data(self) -> bytearray:
        self._take()
        return self._data

    @property
    def eof(self) -> bool:
        self._take()
        return self._eof

    def close(self) -> None:
        timeout, owner, flags = self._settings
        fcntl.ioctl(self._sock, termios.FIOASYNC, bytes([bool(flags & os.O_ASYNC), 0, 0, 0]))
        fcntl.fcntl(self._sock, fcntl.F_SETOWN, owner)
        self._take()
        signal.signal(signal.SIGIO, self._former)
        self._sock.settimeout(timeout)
