"""Put the tape between the functions that take a bare descriptor and the kernel: those of os, fcntl and socket.

Only the learner's calls are taken down here. That a number was closed, or leads to the same
socket as another, is noted whoever does it: it shall have its right name when the learner
uses it.
"""

from __future__ import annotations

import fcntl
import functools
import os
import socket
from types import ModuleType
from typing import Any

from dojo.tape.call import Call
from dojo.tape.interception import LOOK_IN, LOOK_OUT, WRITE, Calls, is_ready
from dojo.tape.patch_sockets import fits
from dojo.tape.wording import arguments, request_text, text_of

# Functions of os; behind them the names of their descriptors, and what each is looked at for if the call may wait.
FD = {"fd": 0}
FUNCTIONS = (
    (("get_blocking", "set_blocking", "get_inheritable", "set_inheritable"), FD),
    (("read", "readinto", "readv", "pread", "preadv", "eventfd_read"), {"fd": LOOK_IN}),
    (("write", "writev", "pwrite", "pwritev", "eventfd_write"), {"fd": LOOK_OUT}),
    (("sendfile",), {"out_fd": LOOK_OUT, "in_fd": 0}),
    (("splice",), {"src": LOOK_IN, "dst": LOOK_OUT}),
)
DUPLICATES = tuple(getattr(fcntl, name, -1) for name in ("F_DUPFD", "F_DUPFD_CLOEXEC"))

_get_blocking = os.get_blocking


def install(calls: Calls) -> None:
    """Put all of it in place; there is no way back, the process ends with its test."""
    for names, looks in FUNCTIONS:
        for name in names:
            Function(calls, os, name, looks)
    Close(calls, os, "close", FD)
    Close(calls, os, "closerange", {})
    Duplicate(calls, os, "dup", FD)
    Duplicate(calls, os, "dup2", {"fd": 0, "fd2": 0})
    Close(calls, socket, "close", FD)
    Duplicate(calls, socket, "dup", FD)
    Duplicate(calls, fcntl, "fcntl", FD)
    Function(calls, fcntl, "ioctl", FD)


class Function:
    """What stands in for one function of a module; an object, for a function in a class would become a method."""

    def __init__(self, calls: Calls, module: ModuleType, name: str, looks: dict[str, int]) -> None:
        """Take its place, if this Python has it; `looks` as in FUNCTIONS."""
        self.calls, self.looks = calls, looks
        self.original: Any = getattr(module, name, None)
        self.of_socket, self.of_fcntl = module is socket, module is fcntl
        self.name = name if self.of_socket else f"{module.__name__}.{name}"
        if self.original is not None:
            functools.update_wrapper(self, self.original)
            setattr(module, name, self)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Make the call, and take it down if it is the learner's."""
        calls = self.calls
        if not calls.recorder.on:
            return calls.make(None, lambda: self.original(*args, **kwargs))
        fds = self._descriptors(args, kwargs)
        call, may_sleep = None, False
        if calls.recorder.who()[0] == "you":
            call, may_sleep = self._begin(fds, args, kwargs)
        return calls.make(call, lambda: self._work(call, fds, args, kwargs), may_sleep)

    def _work(self, call: Call | None, fds: list[int], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make the call itself, and note what it does to descriptors."""
        return self.original(*args, **kwargs)

    def _begin(self, fds: list[int], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Call | None, bool]:
        """The call on the tape, and whether it may sleep though it is ready."""
        recorder = self.calls.recorder
        fd = next((one for one in fds if one in recorder.labels), [*fds, -1][0])
        waits = [(one, look) for one, look in zip(fds, self.looks.values(), strict=True) if look and self._waits(one)]
        asks = functools.partial(_are_ready, waits) if waits else None
        target, text = (recorder.name_of(fd), "") if self.of_socket else ("", self._text(fds, args, kwargs))
        call = self.calls.begin(self.name, target, text, fd, asks)
        return call, bool(waits) and self.name in (*WRITE, "os.splice") and not fits(self.name, args[1:])

    def _waits(self, fd: int) -> bool:
        """Whether a descriptor is in blocking mode, as far as the kernel knows."""
        try:
            return bool(self.calls.make(None, lambda: _get_blocking(fd)))
        except (OSError, OverflowError):  # the call itself will say so
            return False

    def _descriptors(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[int]:
        """Those among the arguments; -1 for what is none."""
        found = []
        for place, name in enumerate(self.looks):
            value = args[place] if place < len(args) else kwargs.get(name, -1)
            if self.of_fcntl and not isinstance(value, int):
                try:
                    value = value.fileno()
                except Exception:  # the call itself will complain
                    value = -1
            found.append(value if isinstance(value, int) else -1)
        return found

    def _text(self, fds: list[int], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        recorder = self.calls.recorder
        given = dict(zip(self.looks, args, strict=False)) | kwargs
        shown = []
        for name, fd in zip(self.looks, fds, strict=True):
            label = recorder.name_of(fd) if fd >= 0 else text_of(given.get(name), recorder)
            shown.append(f"{name}={label}" if name in kwargs else label)
        rest = args[len(fds) :]
        if self.of_fcntl:
            shown.append(request_text(rest, recorder))
        else:
            others = {name: value for name, value in kwargs.items() if name not in self.looks}
            shown.append(arguments(rest, others, recorder))
        return ", ".join(filter(None, shown))


def _are_ready(looks: list[tuple[int, int]]) -> bool:
    return all(is_ready(fd, look) for fd, look in looks)


class Close(Function):
    """A function that closes a descriptor, or a range of them."""

    def _work(self, call: Call | None, fds: list[int], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        recorder = self.calls.recorder
        if not self.looks and len(args) == 2:
            fds = [fd for fd in {*recorder.labels, *recorder.born} if args[0] <= fd < args[1]]
        for fd in fds:
            if call is not None and self.looks:
                call.result = recorder.left_open(fd)
            recorder.forget(fd)  # before it is closed: the number may be another thread's at once
        return super()._work(call, fds, args, kwargs)


class Duplicate(Function):
    """A function that gives another number to what a descriptor leads to, always or on request."""

    def _work(self, call: Call | None, fds: list[int], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        recorder = self.calls.recorder
        new = super()._work(call, fds, args, kwargs)
        if self.of_fcntl and args[1] not in DUPLICATES:
            return new
        if new not in fds[:1]:  # dup2(2) of a number to itself does nothing
            recorder.forget(new)
            recorder.duplicate(fds[0], new)
        if call is not None:
            recorder.born[new] = (call.who, call.line)
            call.made = recorder.labels.get(new, "")
        if self.of_socket:
            recorder.fresh.add(new)  # sock.dup() and fromfd() make an object of it
        return new
