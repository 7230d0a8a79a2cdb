"""Of the kind whose connections stay blocking: MSG_DONTWAIT at each call, and recv_into() one buffer for all."""

import codecs
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

BUFFER = 16384  # bytes


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    buffer = memoryview(bytearray(BUFFER))
    timeout = listener.gettimeout()
    with ExitStack() as at_the_end:
        at_the_end.callback(put_back, listener, timeout)
        guests: set[Guest] = set()
        at_the_end.callback(lambda: [guest.conn.close() for guest in guests])
        listener.setblocking(False)
        while True:
            successes = arrivals(listener, guests)
            for guest in tuple(guests):
                successes += guest.greet()
                n = guest.listen(buffer)
                if n is not None and n >= 0:
                    successes += 1
                    text = guest.decoder.decode(buffer[:n], n == 0)
                    if text:
                        show(text)
                if n == -1 or n == 0:
                    guest.conn.close()
                    guests.discard(guest)
            if not successes:
                time.sleep(0.01)


def put_back(listener: socket.socket, timeout: float | None) -> None:
    with suppress(OSError):
        listener.settimeout(timeout)


class Guest:
    def __init__(self, conn: socket.socket, host: str, port: int) -> None:
        self.conn = conn
        self.unsent = memoryview(f"welcome, {host} port {port}\n".encode())
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.broken = False

    def greet(self) -> int:
        """Return 1 if a send succeeded, else 0."""
        if self.broken or not self.unsent:
            return 0
        try:
            taken = self.conn.send(self.unsent, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        except OSError:
            self.broken = True
            return 0
        self.unsent = self.unsent[taken:]
        return 1

    def listen(self, buffer: memoryview) -> int | None:
        """Return how many bytes came, 0 at the end, -1 if the client is gone, None for nothing yet."""
        try:
            return self.conn.recv_into(buffer, 0, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return -1 if self.broken else None
        except OSError:
            return -1


def arrivals(listener: socket.socket, guests: set[Guest]) -> int:
    """Accept all that wait; return how many."""
    count = 0
    while True:
        try:
            conn, address = listener.accept()
        except BlockingIOError:
            return count
        except ConnectionAbortedError:
            continue
        guests.add(Guest(conn, *address[:2]))
        conn.settimeout(None)  # a default timeout would make MSG_DONTWAIT wait
        count += 1
