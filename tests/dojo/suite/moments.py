"""Let something happen at a given moment of the code under test."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from dojo.core.system_calls import sleeping_on
from dojo.sandbox import child
from dojo.suite.background import Running
from dojo.suite.observers import asleep_in, wait_until

# What to say of code that closes a connection with a call that such a client makes fail, as shutdown() is.
GONE = "a client had reset, and your code raised another error when it closed that connection"


class interrupted:
    """In this block a signal comes when the main thread has fallen asleep in a call of the learner's, once.

    Its `handler` runs in that thread, in the middle of the call; if it raises, so does the call. What `then()`
    does comes after it, in a thread of the suite's, and result() is what it returned: it acts as the peer, and may
    call again() for another signal.
    signal(7): a handler that returns lets accept() and recv() go on, and a send() that has taken something returns
    how much (PEP 475 repeats a call only where it has done nothing yet). Code that never sleeps meets no signal.
    """

    def __init__(self, handler: Callable[[], Any], then: Callable[[], Any] = lambda: None) -> None:
        self._handler, self._then = handler, then
        self._main = threading.get_native_id()
        self._lock, self._over = threading.Lock(), False

    def __enter__(self) -> interrupted:
        def peer() -> Any:
            self.again()
            return self._then()

        self._before = signal.signal(signal.SIGUSR1, lambda *_: self._handler())
        self._peer = Running(peer, may_raise=True)
        return self

    def again(self) -> None:
        """Let a signal come when the code sleeps."""
        main = threading.main_thread().ident
        assert main is not None
        wait_until(lambda: self._over or self._sleeps(), "your code to fall asleep")
        with self._lock:  # not once the handler is no longer ours
            if not self._over:
                signal.pthread_kill(main, signal.SIGUSR1)

    def _sleeps(self) -> bool:
        calls = [call for call in child.here.recorder.calls[-50:] if call.who == "you" and call.thread == self._main]
        return any(map(asleep_in, calls)) or bool(sleeping_on(os.getpid(), self._main)[0])

    def result(self) -> Any:
        """What the peer's part came to."""
        return self._peer.result()

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._over = True
        if error is None:
            self._peer.result()  # else it may wait for what will not come any more
        signal.signal(signal.SIGUSR1, self._before)
