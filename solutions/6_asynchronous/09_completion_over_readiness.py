"""6.9 completion over readiness: who asks does not wait, and who waits does not ask.

POSIX aio(7), io_uring(7) and the overlapped I/O of Windows report operations that are
done; select(2) and epoll(7) report calls that would not block. From the second the
first can be made: keep what was asked for, wait until the kernel is ready, make the
call, and hand over its result. The ACE library named that a proactor, and asyncio's
transports do it on Unix. aio_cancel(3) has the errno of what was given up.
"""

import errno
import os
import selectors
import socket
from collections import deque
from collections.abc import Callable

Result = bytes | int | Exception
Done = Callable[[Result], object]


class _Read:
    """A read that is under way."""

    event = selectors.EVENT_READ

    def __init__(self, size: int, whole: bool, done: Done) -> None:
        self._size, self._whole, self.done = size, whole, done
        self._got = bytearray()

    def attempt(self, sock: socket.socket) -> bytes | None:
        """Read once; the result, or None if more is needed."""
        # Never more than is still missing: the bytes behind it belong to whoever asks next.
        data = sock.recv(self._size - len(self._got))
        if self._whole and not data:
            raise EOFError(f"the stream has ended after {len(self._got)} of {self._size} bytes")
        self._got += data
        return None if self._whole and len(self._got) < self._size else bytes(self._got)


class _Write:
    """A write that is under way."""

    event = selectors.EVENT_WRITE

    def __init__(self, data: bytes, done: Done) -> None:
        self._data, self.done = memoryview(data), done
        self._sent = 0

    def attempt(self, sock: socket.socket) -> int | None:
        """Send once; the result, or None if there was not room for everything."""
        self._sent += sock.send(self._data[self._sent :])
        return self._sent if self._sent == len(self._data) else None


class _Pending:
    """What was asked of one socket, in two queues: a read that waits for its peer must not hold up a write."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.queues: dict[int, deque[_Read | _Write]] = {selectors.EVENT_READ: deque(), selectors.EVENT_WRITE: deque()}

    @property
    def events(self) -> int:
        """What to wait for: room, too, only while somebody needs it, for there nearly always is some."""
        return sum(event for event, queue in self.queues.items() if queue)


class Completions:
    """Carries out what it is asked for, and calls back when it is done."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        """Take the selector to wait in; it is the caller's, who also closes it."""
        self._selector = selector
        self._pending: dict[socket.socket, _Pending] = {}  # those that are registered, and no others
        # What is finished, until run_once() calls back. A callback from inside the asking call would find
        # its caller half way, and a chain of them, each asking for the next, would fill the stack.
        self._finished: deque[tuple[Done, Result]] = deque()

    def read(self, sock: socket.socket, n: int, done: Done) -> None:
        """Ask for what can be read, at most n bytes, n > 0; the result is b"" at the end of the stream."""
        self._ask(sock, _Read(n, False, done))

    def read_exactly(self, sock: socket.socket, n: int, done: Done) -> None:
        """Ask for n bytes, n > 0; the result is EOFError if the stream ends before."""
        self._ask(sock, _Read(n, True, done))

    def write_all(self, sock: socket.socket, data: bytes, done: Done) -> None:
        """Ask for data to be sent; the result is its size, once the kernel has taken all of it."""
        self._ask(sock, _Write(data, done))

    def cancel(self, sock: socket.socket) -> None:
        """End all that is pending on a socket: the result of each is OSError with errno ECANCELED."""
        pending = self._pending.pop(sock, None)
        if pending is None:
            return
        # At once, and not when they are called back: the caller is about to close the socket.
        self._selector.unregister(sock)
        for queue in pending.queues.values():
            for operation in queue:
                error = OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
                self._finished.append((operation.done, error))

    def run_once(self, timeout: float | None) -> None:
        """Wait at most `timeout` seconds, do what can be done, call back. Raises what a callback raises."""
        for key, mask in self._selector.select(0 if self._finished else timeout):
            for event in key.data.queues:
                if mask & event:
                    self._advance(key.data, event)
        # The calls are made before the callbacks: these may cancel and close whatever was ready. As many
        # as there are now: what is added has the next turn, and what is behind one that raises as well.
        for _ in range(len(self._finished)):
            done, result = self._finished.popleft()
            done(result)

    def _ask(self, sock: socket.socket, operation: _Read | _Write) -> None:
        pending = self._pending.get(sock) or _Pending(sock)
        pending.queues[operation.event].append(operation)
        try:
            self._watch(pending)
        except (ValueError, OSError) as error:
            # A socket that cannot be watched, being closed: that is a result, and comes like any other.
            pending.queues[operation.event].pop()
            self._finished.append((operation.done, error))

    def _advance(self, pending: _Pending, event: int) -> None:
        """Let the first one in a queue make its call. One call a turn: readiness that is left is reported again."""
        operation = pending.queues[event][0]
        result: Result | None
        try:
            result = operation.attempt(pending.sock)
        except BlockingIOError:
            return  # the report was out of date: that is nobody's result
        except (OSError, EOFError) as error:
            result = error
        if result is not None:
            pending.queues[event].popleft()
            self._finished.append((operation.done, result))
            self._watch(pending)

    def _watch(self, pending: _Pending) -> None:
        """Have the socket registered for what its queues wait for, and not at all if they are empty."""
        if not pending.events:
            self._selector.unregister(pending.sock)
            del self._pending[pending.sock]
        elif pending.sock in self._pending:
            self._selector.modify(pending.sock, pending.events, pending)
        else:
            self._selector.register(pending.sock, pending.events, pending)
            self._pending[pending.sock] = pending
