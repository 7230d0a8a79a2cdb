"""Reads once for each signal, as if signals were counted.

caught by: test_signals_that_merge_lose_no_byte
words: one signal stood for all three messages, and your code did not read all: it is a hint and not a count
"""

import fcntl
import os
import signal


class SigioReceiver:
    def __init__(self, sock):
        self.data, self.eof = bytearray(), False
        self.sock = sock
        self.reading = self.again = False
        self.flags = fcntl.fcntl(sock, fcntl.F_GETFL)
        self.owner = fcntl.fcntl(sock, fcntl.F_GETOWN)
        self.timeout = sock.gettimeout()
        sock.setblocking(False)
        self.handler = signal.signal(signal.SIGIO, self.arrived)
        fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
        self.set_async(True)
        self.arrived()

    def set_async(self, on):
        flags = fcntl.fcntl(self.sock, fcntl.F_GETFL)
        fcntl.fcntl(self.sock, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)

    def arrived(self, *_):
        self.again = True
        while self.again and not self.reading:
            self.reading, self.again = True, False
            self.read()
            self.reading = False

    def read(self):
        try:
            piece = self.sock.recv(4096)
            self.data += piece
            self.eof = not piece
        except BlockingIOError:
            pass
        except OSError:
            self.eof = True

    def close(self):
        self.set_async(self.flags & os.O_ASYNC)
        fcntl.fcntl(self.sock, fcntl.F_SETOWN, self.owner)
        signal.signal(signal.SIGIO, self.handler)
        self.sock.settimeout(self.timeout)
