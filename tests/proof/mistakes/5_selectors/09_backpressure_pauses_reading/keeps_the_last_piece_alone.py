"""Puts what it has read in the place of what was pending.

caught by: test_below_the_high_mark_it_goes_on_reading
words: neither sent nor in `output`: they are lost
"""

import selectors
import socket


class EchoConnection:
    def __init__(self, sock, high, low):
        self._sock, self._high, self._low = (sock, high, low)
        self._output = bytearray()
        self._paused = False
        self._ended = False

    def on_ready(self, mask):
        if mask & self.events & selectors.EVENT_READ:
            try:
                self._read()
            except BlockingIOError:
                pass
        if mask & selectors.EVENT_WRITE:
            try:
                self._send()
            except BlockingIOError:
                pass

    def _read(self):
        data = self._sock.recv(65536)
        if not data:
            self._ended = True
        self._output = bytearray(data)
        if len(self._output) >= self._high:
            self._paused = True

    def _send(self):
        sent = self._sock.send(self._output)
        del self._output[:sent]
        if len(self._output) <= self._low:
            self._paused = False

    @property
    def events(self):
        events = 0
        if not self._ended and (not self._paused):
            events |= selectors.EVENT_READ
        if self._output:
            events |= selectors.EVENT_WRITE
        return events

    @property
    def output(self):
        return bytes(self._output)
