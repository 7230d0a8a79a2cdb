"""Calls, values and errors in the words of the tape."""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
from typing import Any

from dojo.tape.recorder import Recorder

EVENTS = {  # poll(2), epoll_ctl(2)
    "IN": 1, "PRI": 2, "OUT": 4, "ERR": 8, "HUP": 16, "NVAL": 32, "RDHUP": 0x2000, "ONESHOT": 1 << 30, "ET": 1 << 31,
}  # fmt: skip
READY = {1: "READ", 2: "WRITE", 3: "READ|WRITE"}  # selectors
_Socket = socket.socket  # the real one, whatever takes its name later
SHORT = 24  # bytes that the tape shows; of longer strings it gives the size


def error_name(error: BaseException) -> str:
    """An exception in one word: its errno's name, or its class."""
    if isinstance(error, OSError) and type(error.errno) is int:
        return errno.errorcode.get(error.errno, str(error.errno))
    return type(error).__name__


def text_of(value: Any, recorder: Recorder) -> str:
    """A value as the tape shows it: short, sockets by their names."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value):,} bytes" if len(value) > SHORT else repr(bytes(value))
    if isinstance(value, _Socket):
        return recorder.name_of(value.fileno())
    if isinstance(value, selectors.SelectorKey):
        return recorder.name_of(value.fileobj) if isinstance(value.fileobj, int) else text_of(value.fileobj, recorder)
    if isinstance(value, (list, set)):
        items = [text_of(item, recorder) for item in list(value)[:6]]
        return f"[{', '.join(items)}{', …' if len(value) > 6 else ''}]"
    if isinstance(value, tuple):
        if len(value) == 2 and isinstance(value[0], selectors.SelectorKey):
            return f"{text_of(value[0], recorder)} {READY.get(value[1], value[1])}"
        if len(value) in (2, 4) and isinstance(value[0], str) and isinstance(value[1], int):
            return f"{value[0]}:{value[1]}"  # an address
        return ", ".join(text_of(item, recorder) for item in value)
    if value is None or isinstance(value, (int, float, str)):
        return repr(value)[:60]
    if type(value).__module__ != "kata":  # what stands in for a socket: a suite's listener
        with contextlib.suppress(AttributeError, ValueError, OSError):
            return recorder.labels.get(value.fileno(), type(value).__name__)
    return type(value).__name__


def events_text(events: list[tuple[int, int]], recorder: Recorder) -> str:
    """What poll(2) or epoll_wait(2) reported: each socket by its name, with its events."""
    shown = [f"{recorder.name_of(fd)} {mask_text(mask)}" for fd, mask in events[:4]]
    return f"[{', '.join(shown)}{', …' if len(events) > 4 else ''}]"


def mask_text(mask: int) -> str:
    """An event mask by the names of its bits."""
    return "|".join(name for name, bit in EVENTS.items() if mask & bit) or str(mask)


def interest_text(args: tuple[Any, ...], recorder: Recorder) -> str:
    """What register, modify and unregister of a poll or epoll object were given."""
    shown = [recorder.name_of(arg) if isinstance(arg, int) else text_of(arg, recorder) for arg in args[:1]]
    return ", ".join(shown + [mask_text(arg) if isinstance(arg, int) else text_of(arg, recorder) for arg in args[1:]])


def arguments(args: tuple[Any, ...], kwargs: dict[str, Any], recorder: Recorder) -> str:
    """Arguments as one would write them."""
    parts = [text_of(arg, recorder) for arg in args]
    return ", ".join(parts + [f"{key}={text_of(value, recorder)}" for key, value in kwargs.items()])
