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
import struct
from collections.abc import Iterator
from typing import Any

from dojo.tape.call import Call
from dojo.tape.interception import LOOK_IN, LOOK_OUT, READ, WRITE, Calls, is_ready, timeout_of
from dojo.tape.recorder import Recorder
from dojo.tape.wording import arguments

CONNECT = ("connect", "connect_ex")
STATE = (
    "bind", "listen", "shutdown", "setblocking", "settimeout", "setsockopt", "getsockopt", "getsockname", "getpeername",
)  # fmt: skip
NEVER_WAITS = getattr(socket, "MSG_DONTWAIT", 0) | socket.MSG_OOB  # tcp(7): urgent data is there or it is not

# Writable means that a third of the buffer is free (tcp(7), unix(7) even more): so much never waits then.
FITS = 1024
COUNT_AT = {"os.sendfile": 2, "os.splice": 1}  # the place of the number of bytes, behind the first descriptor

Socket: Any = socket.socket  # its private methods are replaced too
_send = Socket.send
MANY = ("sendmsg", "os.writev")  # take a list of pieces


def install(calls: Calls) -> None:
    """Put all of it in place; there is no way back, the process ends with its test."""
    for name in (*READ, *WRITE, *CONNECT, *STATE):
        if hasattr(Socket, name):
            _method(calls, name)
    _accept(calls)
    _birth(calls)
    _death(calls)
    _pair(calls)


def may_wait(sock: socket.socket, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a call on `sock` may sleep, as far as Python knows."""
    if timeout_of(sock) == 0 or sock.fileno() < 0:
        return False
    return not any(isinstance(arg, int) and arg & NEVER_WAITS for arg in (*args[1:], kwargs.get("flags", 0)))


def fits(name: str, args: tuple[Any, ...]) -> bool:
    """Whether a call that sends never waits where there is room at all; `args` are those behind the descriptor."""
    try:
        if name in COUNT_AT:
            return bool(args[COUNT_AT[name]] <= FITS)
        pieces = args[0] if name in ("sendmsg", "os.writev", "os.pwritev") else [args[0]]
        return isinstance(pieces, (list, tuple)) and sum(memoryview(piece).nbytes for piece in pieces) <= FITS
    except (TypeError, ValueError, IndexError, BufferError):  # the call itself will complain
        return False


def _method(calls: Calls, name: str) -> None:
    original = getattr(Socket, name)
    recorder = calls.recorder
    look = LOOK_IN if name in READ else LOOK_OUT if name in WRITE else 0
    if name in ("recvmsg", "recvmsg_into"):
        original = _with_descriptors(recorder, original)

    @functools.wraps(original)
    def method(sock: socket.socket, *args: Any, **kwargs: Any) -> Any:
        if not recorder.on:
            return calls.make(None, lambda: original(sock, *args, **kwargs))
        if name == "sendmsg" and args and isinstance(args[0], Iterator):
            args = ([*args[0]], *args[1:])  # whoever looks at them uses them up: asyncio gives an islice from 3.12 on
        fd = sock.fileno()
        waits = bool(look) and may_wait(sock, args, kwargs)
        asks = functools.partial(is_ready, fd, look) if waits else None
        call = calls.begin(name, recorder.name_of(fd), arguments(args, kwargs, recorder), fd, asks)
        size = -1
        if name == "sendall" and args and isinstance(args[0], (bytes, bytearray, memoryview)):
            size = memoryview(args[0]).nbytes  # it returns None when it has copied all
        may_sleep = (waits and name in WRITE and not fits(name, args)) or name == "connect"
        work = functools.partial(original, sock, *args, **kwargs)
        if name in WRITE and call is not None:
            work, is_short = short(recorder, call, work)
            may_sleep = may_sleep or (waits and is_short)
        made = functools.partial(calls.until_timeout, call, sock, look, work) if name in READ else work
        return calls.make(call, made, may_sleep, size)

    setattr(Socket, name, method)


def short(recorder: Recorder, call: Call, work: functools.partial[Any]) -> tuple[functools.partial[Any], bool]:
    """A call that sends, or one that takes a part, where a suite lets it, and whether it does (dojo.suite.faults)."""
    most = recorder.faults.room(call.fd) if call.who == "you" else -1
    whole: Any = b""
    if most >= 0:
        with contextlib.suppress(TypeError, ValueError, IndexError, BufferError):  # the call itself will complain
            whole = b"".join(work.args[1]) if call.name in MANY else memoryview(work.args[1]).tobytes()
    is_short = len(whole) > most >= 0
    return (functools.partial(_short, recorder, call, work, whole, most) if is_short else work), is_short


def _short(recorder: Recorder, call: Call, work: functools.partial[Any], whole: bytes, most: int) -> Any:
    original, (first, _, *more) = work.func, work.args
    if call.name == "sendall":
        _send(first, whole[:most], *more, **work.keywords)
        call.forged = True
        recorder.faults.sent(call.fd)
        return original(first, whole[most:], *more, **work.keywords)
    taken = original(first, [whole[:most]] if call.name in MANY else whole[:most], *more, **work.keywords)
    call.forged = True
    recorder.faults.sent(call.fd)
    return taken


def _with_descriptors(recorder: Recorder, original: Any) -> Any:
    """The method, which knows the descriptors that come with a message: unix(7), SCM_RIGHTS."""

    @functools.wraps(original)
    def method(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        for level, kind, data in result[1] if recorder.on else ():
            if (level, kind) == (socket.SOL_SOCKET, getattr(socket, "SCM_RIGHTS", -1)):
                for (number,) in struct.iter_unpack("i", data[: len(data) // 4 * 4]):
                    recorder.forget(number)
                    recorder.recognise(number)
                    recorder.born[number] = recorder.who()
        return result

    return method


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
                recorder.fresh.add(number)
                call.made = recorder.name_of(number)
            return number, address

        return calls.make(call, functools.partial(calls.until_timeout, call, sock, LOOK_IN, work))

    Socket._accept = accept


def _birth(calls: Calls) -> None:
    """Know who made each socket."""
    original = Socket.__init__
    recorder = calls.recorder

    def init(sock: socket.socket, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        call, text = None, ""
        if fileno is not None and recorder.on and fileno not in recorder.fresh:
            recorder.recognise(fileno)
            text = f"fileno={recorder.name_of(fileno)}"
        if fileno is None or text:
            call = calls.begin("socket", "", text, -1, None)

        def work() -> None:
            original(sock, family, type, proto, fileno)
            if not recorder.on:
                return
            fd = sock.fileno()
            recorder.fresh.discard(fd)
            who, line = (call.who, call.line) if call is not None else recorder.who()
            if who == "you" and (fileno is None or fd not in recorder.labels):
                recorder.new_label(fd, "socket ")
            if fileno is None or fd not in recorder.born:
                recorder.born[fd] = (who, line)
            if call is not None:
                call.fd, call.made = fd, recorder.name_of(fd)

        calls.make(call, work)

    Socket.__init__ = init


def _death(calls: Calls) -> None:
    """Know whether each socket was closed, or only forgotten."""
    real_close, detach, finalize = Socket._real_close, Socket.detach, Socket.__del__
    recorder = calls.recorder

    def close(sock: socket.socket) -> None:
        fd = sock.fileno()
        call = calls.begin("close", recorder.name_of(fd), "", fd, None) if fd >= 0 else None
        if call is not None:
            call.result = recorder.left_open(fd)
        recorder.forget(fd)  # before it is closed: the number may be another thread's at once
        calls.make(call, lambda: real_close(sock))

    def let_go(sock: socket.socket) -> int:
        fd = sock.fileno()
        recorder.born.pop(fd, None)
        call = None
        if fd >= 0 and recorder.on and recorder.who()[0] == "you":
            call = calls.begin("detach", recorder.name_of(fd), "", fd, None)
        return int(calls.make(call, lambda: detach(sock)))

    def collected(sock: socket.socket) -> None:
        fd = sock.fileno()
        if fd >= 0 and recorder.on:
            who, line = recorder.born.get(fd, ("", 0))
            if who == "you":
                recorder.garbage.append((recorder.name_of(fd), line))
            recorder.forget(fd)
            recorder.on = False  # the warning asks the socket for its addresses
            calls.make(None, lambda: finalize(sock))
            recorder.on = True
        else:
            calls.make(None, lambda: finalize(sock))

    Socket._real_close = close
    Socket.detach = let_go
    Socket.__del__ = collected


def _pair(calls: Calls) -> None:
    """Record the making of a pair; its ends get their names as any socket does."""
    original = _socket.socketpair

    @functools.wraps(original)
    def stand_in(*args: Any) -> Any:
        call = calls.begin("socketpair", "", "", -1, None)
        made = calls.make(call, lambda: original(*args))
        if calls.recorder.on:
            calls.recorder.fresh.update(end.fileno() for end in made)
        return made

    setattr(_socket, "socketpair", stand_in)
