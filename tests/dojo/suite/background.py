"""Run the learner's code in a thread, so that the suite can act while it waits."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable
from typing import Any

from dojo.core.system_calls import sleeping_on
from dojo.sandbox import child
from dojo.sandbox.findings import Finding, cut, safe_repr
from dojo.suite import observers
from dojo.tape.call import Call

ALL_WAITS = "selector.select"  # the library's call; the kernel's stands beneath it on the tape
ended: list[BaseException] = []  # what has ended such calls, expected or not


class Running:
    """A call that runs in a thread of its own."""

    def __init__(self, function: Callable[..., Any], *args: Any, may_raise: bool = False) -> None:
        """Start `function(*args)`; the thread ends with the test's process at the latest.

        An error that it raises also ends whatever the suite waits for, unless
        it `may_raise`: then only result() raises it.
        """
        self._may_raise = may_raise
        self.name = getattr(function, "__name__", "the code")
        self._value: Any = None
        self._error: BaseException | None = None
        self._taken = False  # whether the suite has been given it
        self._thread = threading.Thread(target=self._run, args=(function, *args), daemon=True, name=self.name)
        child.here.own_threads.add(self._thread)
        child.here.background.append(weakref.ref(self))  # a strong one would keep open what an error's frames hold
        self._thread.start()

    def _run(self, function: Callable[..., Any], *args: Any) -> None:
        try:
            self._value = function(*args)
        except BaseException as error:
            self._error = error
            ended.append(error)
            if not self._may_raise:
                child.here.errors.append(error)

    @property
    def done(self) -> bool:
        """Whether the call has returned or raised."""
        return not self._thread.is_alive()

    @property
    def error(self) -> BaseException | None:
        """What the call has raised, if nobody was given it yet."""
        return None if self._taken else self._error

    @property
    def native_id(self) -> int:
        """The kernel's number of the thread."""
        return self._thread.native_id or 0

    def result(self) -> Any:
        """Wait for the call's end and return its value, or raise what it raised."""
        child.here.memory.note = f"{self.name}() to return"
        self._thread.join()
        child.here.memory.note = ""
        self._taken = True
        if self._error is not None:
            raise self._error
        return self._value

    def check(self) -> None:
        """Raise what the call raised, if it has ended so; for servers that shall go on."""
        if self.done:
            self.result()
            raise Finding(f"{self.name}() returned", "it goes on serving", "it returned")

    def sleeps(self) -> bool:
        """Whether the code sleeps just now in a call on a socket or a wait for several, also in one made by C."""
        return any(map(observers.asleep_in, self._under_way())) or self._sleeps_unseen()

    def asleep(self) -> None:
        """Wait until the code sleeps in the kernel, in a call on a socket or a wait for several.

        Raises Finding if the code returns, or sleeps in ``time.sleep`` instead.
        """

        def look() -> bool:
            if self.done:
                value = self.result()
                raise Finding(
                    f"{self.name}() did not wait",
                    "it sleeps until something happens",
                    f"it returned {cut(safe_repr(value))}",
                )
            for call in self._under_way():
                if call.name == "sleep":
                    raise Finding(
                        "time.sleep() cannot be woken by a socket: wait in the call itself",
                        "it sleeps in the kernel, in a call on a socket",
                        f"it sleeps in {call.text} at line {call.line}",
                    )
                if observers.asleep_in(call):
                    return True
            return self._sleeps_unseen()

        observers.wait_until(look, f"{self.name}() to fall asleep", only_looks=True)

    def _sleeps_unseen(self) -> bool:
        return bool(sleeping_on(os.getpid(), self.native_id)[0])

    def _under_way(self) -> list[Call]:
        calls = reversed(child.here.recorder.calls)
        return [call for call in calls if call.ended is None and call.who == "you" and call.name != ALL_WAITS]
