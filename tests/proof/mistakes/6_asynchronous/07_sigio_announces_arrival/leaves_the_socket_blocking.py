"""Leaves the mode of the socket as it is: the last recv() sleeps, in the handler.

caught by: test_no_handler_waits
words: your handler waited, or your __init__: whatever the program was doing stands still
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
            while not self.eof:
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
