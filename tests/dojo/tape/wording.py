"""Calls, values and errors in the words of the tape."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import selectors
import socket
import sys
import termios
from typing import Any

from dojo.tape.recorder import Recorder

EVENTS = {  # poll(2), epoll_ctl(2)
    "IN": 1, "PRI": 2, "OUT": 4, "ERR": 8, "HUP": 16, "NVAL": 32, "RDHUP": 0x2000, "ONESHOT": 1 << 30, "ET": 1 << 31,
}  # fmt: skip
READY = {1: "READ", 2: "WRITE", 3: "READ|WRITE"}  # selectors
# What learners ask of a socket: fcntl(2), ioctl(2), tcp(7), sockios.h. Some of the numbers differ between systems.
REQUESTS = {
    getattr(module, name): name
    for module, names in (
        (fcntl, "F_DUPFD F_DUPFD_CLOEXEC F_GETFD F_SETFD F_GETFL F_SETFL F_GETOWN F_SETOWN F_GETSIG F_SETSIG"),
        (termios, "FIONREAD FIONBIO FIOASYNC FIOCLEX FIONCLEX TIOCOUTQ"),
    )
    for name in names.split()
    if hasattr(module, name)
} | ({0x8905: "SIOCATMARK", 0x894B: "SIOCOUTQNSD"} if sys.platform == "linux" else {})
FLAGS = {name: getattr(os, name, 0) for name in ("O_RDWR", "O_NONBLOCK", "O_ASYNC", "O_APPEND")}
_Socket = socket.socket  # the real one, whatever takes its name later
SHORT = 24  # bytes that the tape shows; of longer strings it gives the size


def counted(number: int, thing: str) -> str:
    """So many of a thing, as one says it: 1 byte, 2,000 bytes."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def error_name(error: BaseException) -> str:
    """An exception in one word: its errno's name, or its class."""
    if isinstance(error, OSError) and type(error.errno) is int:
        return errno.errorcode.get(error.errno, str(error.errno))
    return type(error).__name__


def text_of(value: Any, recorder: Recorder) -> str:
    """A value as the tape shows it: short, sockets by their names."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return counted(len(value), "byte") if len(value) > SHORT else repr(bytes(value))
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


def request_text(args: tuple[Any, ...], recorder: Recorder) -> str:
    """What fcntl() and ioctl() are given after the descriptor: a request by its name, the flags of a file by theirs."""
    if not args or not isinstance(args[0], int):
        return arguments(args, {}, recorder)
    name = REQUESTS.get(args[0], str(args[0]))
    if name == "F_SETFL" and len(args) > 1 and isinstance(args[1], int):
        flags = [flag for flag, bit in FLAGS.items() if args[1] & bit]
        return f"{name}, {'|'.join(flags) or 0}"
    return ", ".join([name, *(text_of(arg, recorder) for arg in args[1:])])


def arguments(args: tuple[Any, ...], kwargs: dict[str, Any], recorder: Recorder) -> str:
    """Arguments as one would write them."""
    parts = [text_of(arg, recorder) for arg in args]
    return ", ".join(parts + [f"{key}={text_of(value, recorder)}" for key, value in kwargs.items()])
