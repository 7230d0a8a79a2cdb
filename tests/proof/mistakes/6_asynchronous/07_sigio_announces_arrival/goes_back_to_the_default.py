"""Puts back what it takes for the beginning: no handler, no owner, no O_ASYNC.

caught by: test_close_puts_the_handler_back
words: close() did not put the program's own handler for SIGIO back
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
        signal.signal(signal.SIGIO, self.arrived)
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
        self.set_async(False)
        fcntl.fcntl(self.sock, fcntl.F_SETOWN, 0)
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        self.sock.settimeout(self.timeout)
