"""accept() fails: no descriptor is left, or the listener is broken."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import socket
import threading
from types import TracebackType

from dojo.suite import background
from dojo.suite.faults.block import Block
from dojo.suite.observers import descriptors
from dojo.suite.peers import reset_in_queue


class accept_fails(Block):
    """In this block the process has no descriptor left, once the learner's code has accepted `after` clients.

    accept(2), EMFILE: the limit is RLIMIT_NOFILE, and accept() looks at it first, whoever is in the queue. All that
    opens a descriptor fails meanwhile, the suite's calls too: make clients ready before, and connect() them then.
    What the code closes meanwhile is gone before its next accept(). When the block ends the limit is as before.

    Any other `error` stands for a listener that is broken: there is no limit then, and each accept() of the learner's
    that takes a client off the queue closes it and raises OSError with this errno.

    A client that is `leaving` resets just before the first failure: whoever tidies up closes, among others, a
    connection that is gone.

    Raises Finding if no accept() has failed so when the block ends, and EMFILE of no other call has ended the code.
    With `after`, what the code makes of the limit is for raises_errno() inside of the block to say.
    """

    NOT_MET = "no descriptor is left for accept()"

    def __init__(
        self, listener: socket.socket, error: str = "EMFILE", after: int = 0, leaving: socket.socket | None = None
    ) -> None:
        super().__init__(listener)
        self._leaving = leaving
        self._errno, self._left, self._after = int(getattr(errno, error)), after, after
        self._limited = error in ("EMFILE", "ENFILE")
        self._limits: tuple[int, int] | None = None
        self._fillers: list[int] = []
        self._lock, self._over = threading.Lock(), False

    def __enter__(self) -> accept_fails:
        super().__enter__()
        if not self._left and self._limited:
            with self._lock:  # the learner's thread may let `leaving` go meanwhile, and needs its descriptor
                self._lower()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:  # the learner's thread may be about to fill up what is given back here
            self._over = True
            if self._limits is not None:
                resource.setrlimit(resource.RLIMIT_NOFILE, self._limits)
            for number in self._fillers:
                os.close(number)
        super().__exit__(kind, error, trace)

    def _exercised(self) -> bool:
        ended = any(isinstance(error, OSError) and error.errno == errno.EMFILE for error in background.ended)
        return ended or bool(self.fired or (self._after and self._limits))

    def _lower(self) -> None:
        self._limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        # Not the lowest free number: poll(2) takes no more descriptors than the limit, and all that are open fit so.
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors(), self._limits[1]))
        self._fill()

    def before(self) -> None:
        """Take what was closed meanwhile: others in the process open descriptors, too."""
        with self._lock:
            if self._limits is not None and not self._over:
                self._leave()
                self._fill()

    def _fill(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._fillers.append(os.dup(0))

    def accepted(self, port: int) -> int:
        """One more."""
        self._left -= 1
        with self._lock:
            if self._left == 0 and self._limited and not self._over:
                self._lower()
        if self._left >= 0 or self._limited:
            return 0
        self._leave()
        self.fired += 1
        return self._errno

    def _leave(self) -> None:
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            reset_in_queue(leaving)

    def told(self, code: int) -> int:
        """The errno that was asked for, in place of EMFILE."""
        if code != errno.EMFILE or self._limits is None:
            return code
        with self._lock:
            self._leave()  # the limit came when the call was already under way: before() did not see it
        self.fired += 1
        return self._errno
