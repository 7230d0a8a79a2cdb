"""Reads in the handler without a thought of the next signal, which interrupts it.

caught by: test_bytes_that_come_while_it_reads_stay_in_order
words: the bytes were in disorder
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
        self.read()

    def read(self):
        try:
            while not self.eof:
                piece = self.sock.recv(4096)
                self.eof = not piece
                self.data.extend(piece)
        except BlockingIOError:
            pass
        except OSError:
            self.eof = True

    def close(self):
        self.set_async(self.flags & os.O_ASYNC)
        fcntl.fcntl(self.sock, fcntl.F_SETOWN, self.owner)
        signal.signal(signal.SIGIO, self.handler)
        self.sock.settimeout(self.timeout)
