"""What befalls accept() on one listener."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from types import TracebackType

from dojo.sandbox import child
from dojo.sandbox.findings import Finding, describe
from dojo.suite.faults import met
from dojo.suite.faults.block import Block
from dojo.suite.observers import is_readable
from dojo.suite.peers import reset_in_queue


class client_gone_before_accept(Block):
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


class before_accept(Block):
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


class rival(Block):
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
