"""What befalls accept() on one listener."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from dojo.sandbox import child
from dojo.sandbox.findings import Finding, describe
from dojo.suite import background
from dojo.suite.faults import met
from dojo.suite.faults.met import AtTheDoor
from dojo.suite.observers import accept_queue, asleep_in, descriptors, is_readable
from dojo.suite.peers import reset_in_queue


def _instead() -> str:
    """What the learner's code does, in place of the call that a fault waits for."""
    sleeping = [call for call in child.here.recorder.calls if call.who == "you" and asleep_in(call)]
    return f"{sleeping[-1].text} waits, at line {sleeping[-1].line}" if sleeping else "no such call"


class _AtTheDoor(AtTheDoor):
    """It lasts for a block, and is told if no call has met it."""

    NOT_MET = ""  # completes "not exercised: ..."

    def __init__(self, listener: socket.socket) -> None:
        super().__init__()
        self._listener = listener
        self._inode = 0

    def __enter__(self) -> Any:
        met.begin()
        self._inode = met.inode(self._listener.fileno())
        met.doors[self._inode] = (*met.doors.get(self._inode, ()), self)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        met.doors[self._inode] = tuple(fault for fault in met.doors[self._inode] if fault is not self)
        # Code that does not get as far as the fault is judged by what the suite finds.
        if not self._exercised() and (error is None or (isinstance(error, Finding) and self._went_round())):
            words = f"not exercised: {self.NOT_MET}, and no accept() of your code met it"
            raise Finding(words, "your code calls accept() on the listener", _instead())

    def _exercised(self) -> bool:
        return bool(self.fired)

    def _went_round(self) -> bool:
        """Whether nobody is in the queue any more, and the tape knows of no accept()."""
        try:
            return not self.seen and not accept_queue(self._listener)[0]
        except (OSError, AttributeError):  # it was closed; it has no such queue; not on Linux
            return False


class client_gone_before_accept(_AtTheDoor):
    """In this block a client connects to `listener` and resets, and the learner's accept() of it fails with `error`.

    accept(2), ECONNABORTED: "a connection has been aborted". Linux hands out such a connection as if it lived, and
    its first call fails; other systems end accept() so. The client comes and goes when the block is entered. The
    accept() of the learner's that takes it off the queue closes it and raises OSError with this errno, once; all
    other connections are handed out as ever. TCP only.

    Let the block hold what has to go on: a client that comes afterwards, and is served. Raises Finding if that error
    ends the learner's code, and if no accept() has met the client when the block ends: then nothing was exercised.
    """

    NOT_MET = "a client was gone before accept() returned"

    def __init__(self, listener: socket.socket, error: str = "ECONNABORTED") -> None:
        super().__init__(listener)
        self._name, self._errno = error, int(getattr(errno, error))
        self._port = 0

    def __enter__(self) -> client_gone_before_accept:
        client = socket.socket(self._listener.family)
        child.here.recorder.label(client.fileno(), "client X")
        host, *_ = address = self._listener.getsockname()
        client.bind((host, 0))
        self._port = client.getsockname()[1]
        super().__enter__()  # known before it is in the queue: whoever accepts at once meets it as well
        client.connect(address)
        reset_in_queue(client)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, OSError) and error.errno == self._errno and self.fired:
            raise Finding(
                f"one client was gone before accept() returned ({self._name}), and your code ended with that error",
                "it skips this client and goes on with the next one",
                describe(error),
            ).with_traceback(trace) from error

    def accepted(self, port: int) -> int:
        """The errno, for this client."""
        if port != self._port or self.fired:
            return 0
        self.fired = 1
        return self._errno


class before_accept(_AtTheDoor):
    """In this block act() is called just before each accept() of the learner's on `listener`, in the same thread.

    Raises Finding if none was made when the block ends. What act() calls is a peer's.
    """

    NOT_MET = "something happens just before accept()"

    def __init__(self, listener: socket.socket, act: Callable[[], object]) -> None:
        super().__init__(listener)
        self._act = act

    def before(self) -> None:
        """Let it happen."""
        self.fired += 1
        self._act()


class rival(_AtTheDoor):
    """In this block somebody else takes `clients` of `listener` from its queue, just before the learner's accept().

    So a wait has named the listener, and accept() finds its queue empty, or the next client. The rival has a
    duplicate of the listener, as another process would, and closes what it takes. `then`: called each time that
    the accept() has ended. Raises Finding if no client was taken when the block ends, unless an accept() sleeps on
    the listener when it begins: nothing comes between that one and its client.
    """

    NOT_MET = "somebody else takes a client just before accept()"

    def __init__(self, listener: socket.socket, clients: int = 1, then: Callable[[], object] = lambda: None) -> None:
        super().__init__(listener)
        self._left, self._then, self._took = clients, then, False

    def __enter__(self) -> rival:
        # Not listener.dup(), which sets the caller's mode on what all duplicates share.
        self._own = socket.socket(fileno=os.dup(self._listener.fileno()))
        child.here.recorder.label(self._own.fileno(), "rival's listener")
        calls = child.here.tape.calls("accept")
        self._sleeps = any(call.ended is None and met.inode(call.fd) == met.inode(self._own.fileno()) for call in calls)
        super().__enter__()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._own.close()

    def _exercised(self) -> bool:
        return bool(self.fired) or self._sleeps

    def before(self) -> None:
        """Take a client, if there is one."""
        if self._left and is_readable(self._own):
            with contextlib.suppress(BlockingIOError):  # a third one was faster
                conn, _ = self._own.accept()
                self.fired, self._left, self._took = self.fired + 1, self._left - 1, True
                conn.close()  # the last step: it may be what the suite waits for

    def ended(self) -> None:
        """Tell of it."""
        if self._took:
            self._took = False
            self._then()


class accept_fails(_AtTheDoor):
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
        self._leave()  # the limit came when the call was already under way: before() did not see it
        self.fired += 1
        return self._errno
