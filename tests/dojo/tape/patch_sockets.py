"""Put the tape between ``socket.socket`` and the kernel.

The methods are replaced on the class itself, so that every way of importing it,
and every module that uses it, asyncio's too, is recorded.
"""

from __future__ import annotations

import _socket
import contextlib
import functools
import os
import socket
from collections.abc import Callable
from typing import Any

from dojo.tape.call import Call
from dojo.tape.interception import LOOK_IN, LOOK_OUT, READ, WRITE, Calls, is_ready, timeout_of
from dojo.tape.recorder import Recorder
from dojo.tape.wording import arguments, text_of

CONNECT = ("connect", "connect_ex")
STATE = (
    "bind", "listen", "shutdown", "setblocking", "settimeout", "setsockopt", "getsockopt", "getsockname", "getpeername",
)  # fmt: skip
NEVER_WAITS = getattr(socket, "MSG_DONTWAIT", 0) | socket.MSG_OOB  # tcp(7): urgent data is there or it is not

# Writable means that a third of the buffer is free (tcp(7), unix(7) even more): so much never waits then.
FITS = 1024

Socket: Any = socket.socket  # its private methods are replaced too
_send = Socket.send


def install(calls: Calls) -> None:
    """Put all of it in place; there is no way back, the process ends with its test."""
    for name in (*READ, *WRITE, *CONNECT, *STATE):
        if hasattr(Socket, name):
            _method(calls, name)
    _accept(calls)
    _birth(calls)
    _death(calls)
    _pair(calls)
    _files(calls)


def may_wait(sock: socket.socket, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a call on `sock` may sleep, as far as Python knows."""
    if timeout_of(sock) == 0 or sock.fileno() < 0:
        return False
    return not any(isinstance(arg, int) and arg & NEVER_WAITS for arg in (*args[1:], kwargs.get("flags", 0)))


def _fits(name: str, args: tuple[Any, ...]) -> bool:
    """Whether a call that sends never waits where there is room at all, whatever bytes-like objects it is given."""
    try:
        pieces = args[0] if name == "sendmsg" else [args[0]]
        return isinstance(pieces, (list, tuple)) and sum(memoryview(piece).nbytes for piece in pieces) <= FITS
    except (TypeError, ValueError, IndexError, BufferError):  # the call itself will complain
        return False


def _method(calls: Calls, name: str) -> None:
    original = getattr(Socket, name)
    recorder = calls.recorder
    look = LOOK_IN if name in READ else LOOK_OUT if name in WRITE else 0

    @functools.wraps(original)
    def method(sock: socket.socket, *args: Any, **kwargs: Any) -> Any:
        if not recorder.on:
            return calls.make(None, lambda: original(sock, *args, **kwargs))
        fd = sock.fileno()
        waits = bool(look) and may_wait(sock, args, kwargs)
        asks = functools.partial(is_ready, fd, look) if waits else None
        call = calls.begin(name, recorder.name_of(fd), arguments(args, kwargs, recorder), fd, asks)
        size = -1
        if name == "sendall" and args and isinstance(args[0], (bytes, bytearray)):
            size = len(args[0])  # it returns None when it has copied all
        may_sleep = (waits and name in WRITE and not _fits(name, args)) or name == "connect"
        work = functools.partial(original, sock, *args, **kwargs)
        if name in WRITE and call is not None:
            work, is_short = short(recorder, call, work)
            may_sleep = may_sleep or (waits and is_short)
        return calls.make(call, work, may_sleep, size)

    setattr(Socket, name, method)


def short(recorder: Recorder, call: Call, work: functools.partial[Any]) -> tuple[functools.partial[Any], bool]:
    """A call that sends, or one that takes a part, where a suite lets it, and whether it does (dojo.suite.faults)."""
    most = recorder.faults.room(call.fd) if call.who == "you" else -1
    whole: Any = b""
    if most >= 0:
        with contextlib.suppress(TypeError, ValueError, IndexError, BufferError):  # the call itself will complain
            whole = b"".join(work.args[1]) if call.name == "sendmsg" else memoryview(work.args[1]).tobytes()
    is_short = len(whole) > most >= 0
    return (functools.partial(_short, recorder, call, work, whole, most) if is_short else work), is_short


def _short(recorder: Recorder, call: Call, work: functools.partial[Any], whole: bytes, most: int) -> Any:
    original, (first, _, *more) = work.func, work.args
    if call.name == "sendall":
        _send(first, whole[:most], *more, **work.keywords)
        call.forged = True
        recorder.faults.sent(call.fd)
        return original(first, whole[most:], *more, **work.keywords)
    taken = original(first, [whole[:most]] if call.name == "sendmsg" else whole[:most], *more, **work.keywords)
    call.forged = True
    recorder.faults.sent(call.fd)
    return taken


def _accept(calls: Calls) -> None:
    original = Socket._accept
    recorder = calls.recorder

    def accept(sock: socket.socket) -> Any:
        fd = sock.fileno()
        asks = functools.partial(is_ready, fd, LOOK_IN) if may_wait(sock, (), {}) else None
        call = calls.begin("accept", recorder.name_of(fd), "", fd, asks)

        def work() -> Any:
            number, address = original(sock)
            if call is not None:
                if call.who == "you" and (fault := recorder.faults.accepted(fd, number, address)):
                    os.close(number)
                    call.forged = True
                    raise OSError(fault, os.strerror(fault))
                recorder.new_label(number, "conn ")
                recorder.born[number] = (call.who, call.line)
                call.made = recorder.name_of(number)
            return number, address

        return calls.make(call, work)

    Socket._accept = accept


def _birth(calls: Calls) -> None:
    """Know who made each socket."""
    original = Socket.__init__
    recorder = calls.recorder

    def init(sock: socket.socket, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        call = calls.begin("socket", "", "", -1, None) if fileno is None else None

        def work() -> None:
            original(sock, family, type, proto, fileno)
            if call is not None:
                fd = call.fd = sock.fileno()
                if call.who == "you":
                    recorder.new_label(fd, "socket ")
                recorder.born[fd] = (call.who, call.line)
                call.made = recorder.name_of(fd)

        calls.make(call, work)
        if fileno is not None and recorder.on and fileno not in recorder.born:
            who, _ = recorder.born[fileno] = recorder.who()
            if who == "you" and fileno not in recorder.labels:
                recorder.new_label(fileno, "socket ")

    Socket.__init__ = init


def _death(calls: Calls) -> None:
    """Know whether each socket was closed, or only forgotten."""
    real_close, detach, finalize = Socket._real_close, Socket.detach, Socket.__del__
    recorder = calls.recorder

    def close(sock: socket.socket) -> None:
        fd = sock.fileno()
        call = calls.begin("close", recorder.name_of(fd), "", fd, None) if fd >= 0 else None
        try:
            calls.make(call, lambda: real_close(sock))
        finally:
            recorder.forget(fd)

    def let_go(sock: socket.socket) -> int:
        recorder.born.pop(sock.fileno(), None)
        return int(detach(sock))

    def collected(sock: socket.socket) -> None:
        fd = sock.fileno()
        if fd >= 0 and recorder.on:
            who, line = recorder.born.get(fd, ("", 0))
            if who == "you":
                recorder.garbage.append((recorder.name_of(fd), line))
            recorder.forget(fd)
            recorder.on = False  # the warning asks the socket for its addresses
            finalize(sock)
            recorder.on = True
        else:
            finalize(sock)

    Socket._real_close = close
    Socket.detach = let_go
    Socket.__del__ = collected


def _pair(calls: Calls) -> None:
    """Record the making of a pair; its ends get their names as any socket does."""
    original = _socket.socketpair

    @functools.wraps(original)
    def stand_in(*args: Any) -> Any:
        call = calls.begin("socketpair", "", "", -1, None)
        return calls.make(call, lambda: original(*args))

    setattr(_socket, "socketpair", stand_in)


def _files(calls: Calls) -> None:
    """Record ``os.read`` and ``os.write`` where the learner's code uses them."""
    for name, look in (("read", LOOK_IN), ("write", LOOK_OUT)):
        setattr(os, name, _file(calls, name, look, getattr(os, name)))


def _file(calls: Calls, name: str, look: int, original: Callable[[int, Any], Any]) -> Callable[[int, Any], Any]:
    recorder = calls.recorder

    @functools.wraps(original)
    def stand_in(fd: int, value: Any) -> Any:
        if not recorder.on or recorder.who()[0] != "you":
            return original(fd, value)
        waits = os.get_blocking(fd)
        asks = functools.partial(is_ready, fd, look) if waits else None
        call = calls.begin(f"os.{name}", "", f"{recorder.name_of(fd)}, {text_of(value, recorder)}", fd, asks)
        work = functools.partial(original, fd, value)
        if name == "write" and call is not None:
            work, _ = short(recorder, call, work)
        return calls.make(call, work, waits and name == "write" and not _fits(name, (value,)))

    return stand_in
