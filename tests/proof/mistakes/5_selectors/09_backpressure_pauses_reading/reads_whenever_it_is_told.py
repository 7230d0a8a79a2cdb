"""Reads whenever READ is reported, also while it has stopped reading.

caught by: test_a_false_alarm_changes_nothing
words: your code read although it had stopped reading
"""

import selectors
import socket


class EchoConnection:
    """Sends back what it reads, and stops reading while too much is pending."""

    def __init__(self, sock: socket.socket, high: int, low: int) -> None:
        """Take a connected non-blocking socket; both marks are in bytes, and 0 <= low < high."""
        self._sock, self._high, self._low = sock, high, low
        self._output = bytearray()
        self._paused = False
        self._ended = False

    def on_ready(self, mask: int) -> None:
        """Do what can be done now; mask is what select() reported: EVENT_READ, EVENT_WRITE or both.

        Raises OSError if the connection has failed.
        """
        # A report can be out of date: then the calls below say EAGAIN, and nothing has happened.
        if mask & selectors.EVENT_READ:
            try:
                self._read()
            except BlockingIOError:
                pass
        if mask & selectors.EVENT_WRITE:
            try:
                self._send()
            except BlockingIOError:
                pass

    def _read(self) -> None:
        # One read a turn: what is left is reported again, and others have their turn meanwhile.
        data = self._sock.recv(65536)
        if not data:
            # The peer has finished sending. It may still be reading: what is pending is its own.
            self._ended = True
        self._output += data
        if len(self._output) >= self._high:
            self._paused = True

    def _send(self) -> None:
        # send() takes what there is room for; the rest is still pending.
        sent = self._sock.send(self._output)
        del self._output[:sent]
        # Between the marks nothing changes: who paused goes on pausing.
        if len(self._output) <= self._low:
            self._paused = False

    @property
    def events(self) -> int:
        """What to wait for: EVENT_READ, EVENT_WRITE, both, or 0 when all is done."""
        events = 0
        # After the end a socket is readable for ever; while we pause, for as long as we pause.
        if not self._ended and not self._paused:
            events |= selectors.EVENT_READ
        # There nearly always is room: ask for it only with something to send.
        if self._output:
            events |= selectors.EVENT_WRITE
        return events

    @property
    def output(self) -> bytes:
        """What was read and is not yet sent."""
        return bytes(self._output)
