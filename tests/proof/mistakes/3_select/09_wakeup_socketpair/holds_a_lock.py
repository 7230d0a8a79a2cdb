"""Wakes under a lock: a signal handler that wakes too waits for the thread that it runs in.

caught by: test_a_signal_handler_wakes_in_the_middle_of_a_wake_up
words: and not in a call on a socket
"""

import socket
import threading


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._lock = threading.Lock()

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        with self._lock:
            try:
                self._writer.send(b"!")
            except BlockingIOError:
                pass

    def drain(self):
        try:
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
