"""Remembers one operation for each socket and direction: who asks again replaces who has asked before.

caught by: test_reads_of_one_socket_come_in_order
words: the reads were not all answered in the order in which they were asked for
"""

import errno
import os
import selectors
from collections import deque


class _Read:
    event = selectors.EVENT_READ

    def __init__(self, size, whole, done):
        self._size, self._whole, self.done = (size, whole, done)
        self._got = bytearray()

    def attempt(self, sock):
        data = sock.recv(self._size - len(self._got))
        if self._whole and (not data):
            raise EOFError(f"the stream has ended after {len(self._got)} of {self._size} bytes")
        self._got += data
        return None if self._whole and len(self._got) < self._size else bytes(self._got)


class _Write:
    event = selectors.EVENT_WRITE

    def __init__(self, data, done):
        self._data, self.done = (memoryview(data), done)
        self._sent = 0

    def attempt(self, sock):
        self._sent += sock.send(self._data[self._sent :])
        return self._sent if self._sent == len(self._data) else None


class _Pending:
    def __init__(self, sock):
        self.sock = sock
        self.queues = {selectors.EVENT_READ: deque(), selectors.EVENT_WRITE: deque()}

    @property
    def events(self):
        return sum((event for event, queue in self.queues.items() if queue))


class Completions:
    def __init__(self, selector):
        self._selector = selector
        self._pending = {}
        self._finished = deque()

    def read(self, sock, n, done):
        self._ask(sock, _Read(n, False, done))

    def read_exactly(self, sock, n, done):
        self._ask(sock, _Read(n, True, done))

    def write_all(self, sock, data, done):
        self._ask(sock, _Write(data, done))

    def cancel(self, sock):
        pending = self._pending.pop(sock, None)
        if pending is None:
            return
        self._selector.unregister(sock)
        for queue in pending.queues.values():
            for operation in queue:
                error = OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
                self._finished.append((operation.done, error))

    def run_once(self, timeout):
        for key, mask in self._selector.select(0 if self._finished else timeout):
            for event in key.data.queues:
                if mask & event:
                    self._advance(key.data, event)
        for _ in range(len(self._finished)):
            done, result = self._finished.popleft()
            done(result)

    def _ask(self, sock, operation):
        pending = self._pending.get(sock) or _Pending(sock)
        pending.queues[operation.event] = deque([operation])
        try:
            self._watch(pending)
        except (ValueError, OSError) as error:
            pending.queues[operation.event].pop()
            self._finished.append((operation.done, error))

    def _advance(self, pending, event):
        operation = pending.queues[event][0]
        try:
            result = operation.attempt(pending.sock)
        except BlockingIOError:
            return
        except (OSError, EOFError) as error:
            result = error
        if result is not None:
            pending.queues[event].popleft()
            self._finished.append((operation.done, result))
            self._watch(pending)

    def _watch(self, pending):
        if not pending.events:
            self._selector.unregister(pending.sock)
            del self._pending[pending.sock]
        elif pending.sock in self._pending:
            self._selector.modify(pending.sock, pending.events, pending)
        else:
            self._selector.register(pending.sock, pending.events, pending)
            self._pending[pending.sock] = pending
