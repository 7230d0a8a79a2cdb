"""Put the tape between the waiting calls and the kernel: select, poll, epoll, selectors, and time.sleep.

``select.epoll`` and ``select.poll`` cannot be changed in place; stand-ins take
their names before the code under test is imported.
"""

from __future__ import annotations

import functools
import math
import select
import selectors
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from dojo.tape.call import Call
from dojo.tape.interception import LOOK_IN, Calls, is_ready, ready_or_woken
from dojo.tape.wording import arguments, interest_text

POLLER_CALLS = ("register", "modify", "unregister", "poll", "control", "close")
SELECTORS = ("SelectSelector", "PollSelector", "EpollSelector", "KqueueSelector")
SELECTOR_CALLS = ("register", "unregister", "modify", "select")

_select = select.select
_sleep = time.sleep


def install(calls: Calls) -> None:
    """Put all of it in place; there is no way back, the process ends with its test."""
    _install_select(calls)
    _install_sleep(calls)
    _install_alarms(calls)
    for kind in ("poll", "epoll", "kqueue"):
        if hasattr(select, kind):
            _install_poller(calls, kind)
    for name in SELECTORS:
        if hasattr(selectors, name):
            for method in SELECTOR_CALLS:
                _selector(calls, getattr(selectors, name), method)


def _install_select(calls: Calls) -> None:
    @functools.wraps(_select)
    def stand_in(*args: Any) -> Any:
        # Of what gives its items only once the kernel would get none after they were counted.
        args = tuple(list(arg) if isinstance(arg, Iterator) else arg for arg in args)
        look = None
        if len(args) in (3, 4) and args[3:] != (0,) and all(isinstance(one, (list, tuple, set)) for one in args[:3]):
            look = functools.partial(_look_select, (args[0], args[1], args[2]))
        call = calls.begin("select", "", arguments(args, {}, calls.recorder), -1, look)
        if call is not None:
            call.handed = sum(map(_size, args[:3]))
        if len(args) == 4 and calls.recorder.silence is not None:
            until = functools.partial(_until_select, args[:3])
            return calls.make(
                call, lambda: calls.wait(call, lambda limit: _select(*args[:3], limit), until, args[3], 1e-6)
            )
        return calls.make(call, lambda: _select(*args))

    setattr(select, "select", stand_in)
    if hasattr(selectors.SelectSelector, "_select"):
        setattr(selectors.SelectSelector, "_select", staticmethod(stand_in))


def _until_select(lists: tuple[Any, ...], wake: Sequence[int], seconds: float) -> bool:
    readable, *others = _select([*lists[0], *wake], lists[1], lists[2], seconds)
    return any(others) or any(one not in wake for one in readable)


def _size(things: Any) -> int:
    return len(things) if hasattr(things, "__len__") else 0


def _look_select(lists: tuple[Any, Any, Any]) -> bool:
    try:
        return any(_select(lists[0], lists[1], lists[2], 0))
    except (OSError, ValueError, TypeError):
        return True  # the call itself will say so


def _install_sleep(calls: Calls) -> None:
    """It is no call on a socket, but it is what people write instead of one."""

    @functools.wraps(_sleep)
    def stand_in(seconds: float) -> None:
        call = calls.begin("sleep", "time", repr(seconds), -1, lambda: False)
        # A sleep has no events: what it is asked for the first two times, it has not.
        until = functools.partial(ready_or_woken, {})
        calls.make(call, lambda: calls.wait(call, lambda limit: _sleep(limit) or (), until, seconds, 1e-9))

    setattr(time, "sleep", stand_in)


def _install_alarms(calls: Calls) -> None:
    """They are not on the tape; but nobody outside of the process can see that one is set."""
    for name in ("alarm", "setitimer"):
        original = getattr(signal, name)

        def stand_in(*args: Any, _original: Any = original) -> Any:
            if calls.recorder.on:
                calls.recorder.memory.alarmed = True
            return _original(*args)

        for module in (signal, sys.modules["_signal"]):  # where signal has it from
            setattr(module, name, functools.wraps(original)(stand_in))


def _install_poller(calls: Calls, kind: str) -> None:
    """Replace ``select.poll`` or one of its relatives, and where selectors use it."""
    poller = type(kind, (Poller,), {"calls": calls, "kind": kind, "make": staticmethod(getattr(select, kind))})
    setattr(select, kind, poller)
    selector = getattr(selectors, f"{kind.capitalize()}Selector", None)
    if selector is not None and hasattr(selector, "_selector_cls"):
        selector._selector_cls = poller


class Poller:
    """A stand-in for a poll, epoll or kqueue object, with the real one inside."""

    calls: Calls
    kind: str
    make: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._watched: set[int] = set()  # what a poll object hands over in each call; the others keep it in the kernel
        call = self.calls.begin(self.kind, "", "", -1, None)
        self._real = self.calls.make(call, lambda: self.make(*args, **kwargs))
        if self.calls.recorder.on and hasattr(self._real, "fileno"):
            self.calls.recorder.new_label(self._real.fileno(), f"{self.kind} ")
            if call is not None:
                call.fd = self._real.fileno()
                self.calls.recorder.born[call.fd] = (call.who, call.line)

    @classmethod
    def fromfd(cls, fd: int) -> Any:
        """The stand-in for the constructor of the same name."""
        self = cls.__new__(cls)
        self._watched = set()
        self._real = getattr(cls.make, "fromfd")(fd)
        return self

    def __getattr__(self, name: str) -> Any:
        if name == "_real":
            raise AttributeError(name)
        original = getattr(self._real, name)
        return functools.partial(self._call, name, original) if name in POLLER_CALLS else original

    def __enter__(self) -> Any:
        self._real.__enter__()
        return self

    def __exit__(self, *exc: Any) -> Any:
        self.close()

    def _call(self, name: str, original: Any, *args: Any, **kwargs: Any) -> Any:
        recorder = self.calls.recorder
        has_number = hasattr(self._real, "fileno") and not self._real.closed
        fd = self._real.fileno() if has_number else -1
        look = None
        place = {"poll": 0, "control": 2}.get(name)  # of the timeout
        if place is not None and (args[place] if len(args) > place else kwargs.get("timeout")) != 0:
            look = functools.partial(self._look, fd)
        target = recorder.name_of(fd) if fd >= 0 else self.kind
        if name in ("register", "modify", "unregister") and not kwargs:
            text = interest_text(args, recorder)
        else:
            text = arguments(args, kwargs, recorder)
        call = self.calls.begin(name, target, text, fd, look)
        if call is not None:
            call.handed = self._handed(name, args)
        try:
            result = self.calls.make(call, lambda: self._made(name, original, call, args, kwargs))
        finally:
            if name == "close":
                recorder.forget(fd)
        if self.kind == "poll" and name in ("register", "unregister"):
            number = args[0] if isinstance(args[0], int) else args[0].fileno()
            (self._watched.add if name == "register" else self._watched.discard)(number)
        return result

    def _made(self, name: str, original: Any, call: Call | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The call itself; a wait of poll and epoll objects with a limit may end at once, see Calls.wait()."""
        if name != "poll" or self.calls.recorder.silence is None or not (args or "timeout" in kwargs):
            return original(*args, **kwargs)
        limit, *more = args or (kwargs["timeout"],)
        rest = {key: value for key, value in kwargs.items() if key != "timeout"}
        return self.calls.wait(
            call,
            lambda limit: original(limit, *more, **rest),
            self._until,
            limit,
            1e-3,
            1000 if self.kind == "poll" else 1,
        )

    def _until(self, wake: Sequence[int], seconds: float) -> bool:
        """Sleep until something is ready, and say so: see recorder.Until; it consumes no edge."""
        if self.kind != "poll":
            return ready_or_woken({self._real.fileno(): LOOK_IN}, wake, seconds)
        for fd in wake:
            self._real.register(fd, LOOK_IN)
        try:
            return any(fd not in wake for fd, _ in self._real.poll(math.ceil(seconds * 1000)))
        finally:
            for fd in wake:
                self._real.unregister(fd)

    def _handed(self, name: str, args: tuple[Any, ...]) -> int:
        """How many descriptors this call hands to the kernel."""
        if name == "control":
            return _size(args[0]) if args else 0
        if self.kind == "poll":
            return len(self._watched) if name == "poll" else 0  # to register is to write it down, and no system call
        return int(name in ("register", "modify", "unregister"))

    def _look(self, fd: int) -> bool:
        # An epoll descriptor is itself readable when something is ready, and
        # looking at it so consumes no edge; a poll object has no descriptor.
        if fd >= 0:
            return is_ready(fd, LOOK_IN)
        try:
            return bool(self._real.poll(0))
        except RuntimeError:  # another thread is in it
            return False


def _selector(calls: Calls, base: type, name: str) -> None:
    """Record a selector's method; what it asks of the kernel stands beneath it on the tape."""
    original = getattr(base, name)

    @functools.wraps(original)
    def method(selector: Any, *args: Any, **kwargs: Any) -> Any:
        fileobj = args[0] if args else kwargs.get("fileobj")
        fd = fileobj.fileno() if fileobj is not None and hasattr(fileobj, "fileno") else -1
        call = calls.begin(f"selector.{name}", "", arguments(args, kwargs, calls.recorder), fd, None)
        return calls.make(call, lambda: original(selector, *args, **kwargs))

    setattr(base, name, method)
