"""Put the tape between Python and the kernel.

The methods of ``socket.socket`` are replaced on the class itself, so that every
way of importing it, and every module that uses it, asyncio's too, is recorded.
``select.epoll`` and ``select.poll`` cannot be replaced in place; stand-ins take
their names, before the code under test is imported.
"""

from __future__ import annotations

import errno
import functools
import os
import select
import selectors
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from dojo.tape import Call, Recorder

READ = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")
WRITE = ("send", "sendall", "sendto", "sendmsg")
CONNECT = ("connect", "connect_ex")
STATE = (
    "bind",
    "listen",
    "shutdown",
    "setblocking",
    "settimeout",
    "setsockopt",
    "getsockopt",
    "getsockname",
    "getpeername",
)
# Both bits mean readable; learners write one of them. So a trace tells our looks from theirs.
LOOK_IN = select.POLLIN | select.POLLRDNORM
LOOK_OUT = select.POLLOUT | select.POLLWRNORM

_poll = select.poll
_select = select.select
_sleep = time.sleep
_timeout = socket.socket.gettimeout

try:
    from resource import RUSAGE_THREAD, getrusage

    def thread_sleeps() -> int:
        """How often this thread has gone to sleep of its own accord."""
        return getrusage(RUSAGE_THREAD).ru_nvcsw

except ImportError:  # not Linux

    def thread_sleeps() -> int:
        """Unknown here: whether a call waited is then told by the look before it alone."""
        return 0


def can_wait(sock: socket.socket, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a call on `sock` may sleep, as far as Python knows."""
    if _timeout(sock) == 0:
        return False
    flags = getattr(socket, "MSG_DONTWAIT", 0)
    return not any(isinstance(arg, int) and arg & flags for arg in (*args[1:], kwargs.get("flags", 0)))


def is_ready(fd: int, look: int) -> bool:
    """Whether the kernel would answer at once; asks without waiting."""
    poll = _poll()
    poll.register(fd, look)
    return bool(poll.poll(0))


def error_name(error: BaseException) -> str:
    """An exception as the tape has it: its errno's name, or its class."""
    if isinstance(error, OSError) and error.errno is not None:
        return errno.errorcode.get(error.errno, str(error.errno))
    return type(error).__name__


def text_of(value: Any, recorder: Recorder) -> str:
    """A value as the tape shows it: short, sockets by their names."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        size = len(value)
        if size > 24:
            return f"{size:,} bytes"
        return repr(bytes(value))
    if isinstance(value, socket.socket):
        return recorder.name_of(value.fileno())
    if isinstance(value, (list, set)):
        items = [text_of(item, recorder) for item in list(value)[:6]]
        return f"[{', '.join(items)}{', …' if len(value) > 6 else ''}]"
    if isinstance(value, tuple):
        if len(value) in (2, 4) and isinstance(value[0], str) and isinstance(value[1], int):
            return f"{value[0]}:{value[1]}"
        return ", ".join(text_of(item, recorder) for item in value)
    if isinstance(value, selectors.SelectorKey):
        return text_of(value.fileobj, recorder)
    if value is None or isinstance(value, (int, float, str)):
        return repr(value)[:60]
    return type(value).__name__


def arguments(args: tuple[Any, ...], kwargs: dict[str, Any], recorder: Recorder) -> str:
    """Arguments as one would write them."""
    parts = [text_of(arg, recorder) for arg in args]
    return ", ".join(parts + [f"{key}={text_of(value, recorder)}" for key, value in kwargs.items()])


class Patch:
    """Everything that stands between the code under test and the kernel."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def install(self) -> None:
        """Put all of it in place; there is no way back, the process ends with its test."""
        for name in READ:
            self._method(name, LOOK_IN)
        for name in WRITE:
            self._method(name, LOOK_OUT)
        for name in (*CONNECT, *STATE):
            self._method(name, 0)
        self._accept()
        self._birth_and_death()
        self._select()
        self._sleep()
        self._files()
        for kind in ("poll", "epoll", "kqueue"):
            self._poller(kind)
        for base in (
            selectors.SelectSelector,
            getattr(selectors, "PollSelector", None),
            getattr(selectors, "EpollSelector", None),
            getattr(selectors, "KqueueSelector", None),
        ):
            if base is not None:
                for name in ("register", "unregister", "modify", "select"):
                    self._selector(base, name)

    def _record(self, name: str, target: str, text: str, fd: int, look: Callable[[], bool] | None) -> Call | None:
        """Begin a call; None while recording is off or the call is part of a recorded one."""
        recorder = self.recorder
        if not recorder.on:
            return None
        who, line = recorder.who()
        if who == "engine":
            return None
        ready = look() if look is not None and who == "you" else None
        _flush()
        return recorder.begin(name, target, text, fd, who, line, ready)

    def _finish(self, call: Call | None, work: Callable[[], Any], slept: bool = False) -> Any:
        """Make the call and complete its record."""
        if call is None:
            return work()
        before = thread_sleeps() if slept else 0
        try:
            result = work()
        except BaseException as error:
            call.slept = slept and thread_sleeps() > before
            self.recorder.end(call, error=error_name(error))
            raise
        call.slept = slept and thread_sleeps() > before
        copied = -1
        if isinstance(result, (bytes, bytearray)):
            copied = len(result)
        elif call.name in READ or call.name in WRITE:
            first = result[0] if isinstance(result, tuple) else result
            copied = len(first) if isinstance(first, bytes) else first if isinstance(first, int) else -1
        text = text_of(result, self.recorder)
        if call.name == "connect_ex" and result:
            text = errno.errorcode.get(result, str(result))
            self.recorder.end(call, text, error=text)
        else:
            self.recorder.end(call, text, copied=copied)
        return result

    def _method(self, name: str, look: int) -> None:
        """Record a method of ``socket.socket``."""
        original = getattr(socket.socket, name, None)
        if original is None:
            return
        sends = name in WRITE

        @functools.wraps(original)
        def method(sock: socket.socket, *args: Any, **kwargs: Any) -> Any:
            recorder = self.recorder
            if not recorder.on:
                return original(sock, *args, **kwargs)
            fd = sock.fileno()
            asks = None
            if look and fd >= 0 and can_wait(sock, args, kwargs):
                asks = functools.partial(is_ready, fd, look)
            call = self._record(name, recorder.name_of(fd), arguments(args, kwargs, recorder), fd, asks)
            slept = asks is not None and sends or name == "connect"
            if name == "connect" and call is not None and fd not in recorder.labels:
                recorder.new_label(fd, "socket " if call.who == "you" else "client ")
            if (
                sends
                and kwargs.get("data") is None
                and args
                and isinstance(args[0], (bytes, bytearray))
                and name == "sendall"
            ):
                return self._sendall(call, original, sock, args, kwargs)
            return self._finish(call, lambda: original(sock, *args, **kwargs), slept)

        setattr(socket.socket, name, method)

    def _sendall(self, call: Call | None, original: Any, sock: socket.socket, args: Any, kwargs: Any) -> None:
        """Like any send, but what it copied is all of it."""
        if call is None:
            original(sock, *args, **kwargs)
            return
        before = thread_sleeps()
        try:
            original(sock, *args, **kwargs)
        except BaseException as error:
            call.slept = thread_sleeps() > before and call.ready is not None
            self.recorder.end(call, error=error_name(error))
            raise
        call.slept = thread_sleeps() > before and call.ready is not None
        self.recorder.end(call, "None", copied=len(args[0]))

    def _accept(self) -> None:
        original = socket.socket._accept  # type: ignore[attr-defined]

        def accept(sock: socket.socket) -> Any:
            recorder = self.recorder
            fd = sock.fileno()
            asks = functools.partial(is_ready, fd, LOOK_IN) if fd >= 0 and _timeout(sock) != 0 else None
            call = self._record("accept", recorder.name_of(fd), "", fd, asks)
            if call is None:
                return original(sock)
            try:
                number, address = original(sock)
            except BaseException as error:
                recorder.end(call, error=error_name(error))
                raise
            recorder.new_label(number, "conn ")
            recorder.born[number] = (call.who, call.line)
            recorder.end(call, recorder.name_of(number))
            return number, address

        socket.socket._accept = accept  # type: ignore[attr-defined]

    def _birth_and_death(self) -> None:
        """Know who made each socket and whether it was closed or only forgotten."""
        recorder = self.recorder
        make, real_close, detach = socket.socket.__init__, socket.socket._real_close, socket.socket.detach  # type: ignore[attr-defined]
        base_del = socket.socket.__del__  # type: ignore[attr-defined]

        def init(
            sock: socket.socket, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None
        ) -> None:
            call = self._record("socket", "", "", -1, None) if fileno is None else None
            try:
                make(sock, family, type, proto, fileno)
            except BaseException as error:
                if call is not None:
                    recorder.end(call, error=error_name(error))
                raise
            if call is not None:
                fd = call.fd = sock.fileno()
                if call.who == "you":
                    recorder.new_label(fd, "socket ")
                recorder.born[fd] = (call.who, call.line)
                recorder.end(call, recorder.name_of(fd))
            elif fileno is not None and recorder.on and fileno not in recorder.born:
                who, line = recorder.born[fileno] = recorder.who()
                if who == "you" and fileno not in recorder.labels:
                    recorder.new_label(fileno, "socket ")

        def close(sock: socket.socket, _ss: Any = socket.socket.__mro__[1]) -> None:
            fd = sock.fileno()
            call = self._record("close", recorder.name_of(fd), "", fd, None) if fd >= 0 else None
            try:
                self._finish(call, lambda: real_close(sock))
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
                    recorder.garbage.append(f"{recorder.name_of(fd)}|{line}")
                recorder.forget(fd)
                recorder.on = False  # the warning asks the socket for its addresses
                base_del(sock)
                recorder.on = True

        socket.socket.__init__ = init  # type: ignore[method-assign,assignment]
        socket.socket._real_close = close  # type: ignore[attr-defined]
        socket.socket.detach = let_go  # type: ignore[method-assign]
        socket.socket.__del__ = collected  # type: ignore[attr-defined]

    def _select(self) -> None:
        """Record ``select.select``, under its own name and as selectors know it."""

        @functools.wraps(_select)
        def stand_in(*args: Any) -> Any:
            look = None
            if len(args) in (3, 4) and args[3:] != (0,) and all(isinstance(one, (list, tuple)) for one in args[:3]):
                look = functools.partial(self._look_select, args[:3])
            call = self._record("select", "", arguments(args, {}, self.recorder), -1, look)
            return self._finish(call, lambda: _select(*args))

        select.select = stand_in
        selectors.SelectSelector._select = staticmethod(stand_in)  # type: ignore[attr-defined]

    @staticmethod
    def _look_select(lists: tuple[Any, ...]) -> bool:
        try:
            return any(_select(*lists, 0))
        except (OSError, ValueError, TypeError):
            return True

    def _sleep(self) -> None:
        """Record ``time.sleep``: it is no call on a socket, but it is what people write instead of one."""

        @functools.wraps(_sleep)
        def stand_in(seconds: float) -> None:
            call = self._record("sleep", "time", f"{seconds!r}", -1, None)
            if call is not None:
                call.ready = False
            self._finish(call, lambda: _sleep(seconds))

        time.sleep = stand_in

    def _files(self) -> None:
        """Record ``os.read`` and ``os.write`` where the learner's code uses them on a descriptor."""
        for name in ("read", "write"):
            self._file(name, getattr(os, name))

    def _file(self, name: str, original: Callable[[int, Any], Any]) -> None:
        look = LOOK_IN if name == "read" else LOOK_OUT

        @functools.wraps(original)
        def stand_in(fd: int, value: Any) -> Any:
            recorder = self.recorder
            if not recorder.on or recorder.who()[0] != "you":
                return original(fd, value)
            asks = functools.partial(is_ready, fd, look) if os.get_blocking(fd) else None
            call = self._record(name, recorder.name_of(fd), text_of(value, recorder), fd, asks)
            return self._finish(call, lambda: original(fd, value), name == "write" and asks is not None)

        setattr(os, name, stand_in)

    def _poller(self, kind: str) -> None:
        """A stand-in for ``select.poll`` and its relatives."""
        real = getattr(select, kind, None)
        if real is None:
            return
        patch = self
        waits = "control" if kind == "kqueue" else "poll"

        class Poller:
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                call = patch._record(kind, "", "", -1, None)
                self._real = patch._finish(call, lambda: real(*args, **kwargs))
                if call is not None and hasattr(self._real, "fileno"):
                    patch.recorder.new_label(self._real.fileno(), kind + " ")

            @classmethod
            def fromfd(cls, fd: int) -> Any:
                self = cls.__new__(cls)
                self._real = real.fromfd(fd)
                return self

            def __getattr__(self, name: str) -> Any:
                if name == "_real":
                    raise AttributeError(name)
                original = getattr(self._real, name)
                if name not in ("register", "modify", "unregister", "poll", "control", "close"):
                    return original

                def method(*args: Any, **kwargs: Any) -> Any:
                    fd = (
                        self._real.fileno()
                        if hasattr(self._real, "fileno") and not getattr(self._real, "closed", False)
                        else -1
                    )
                    look = None
                    if name == waits and (args[-1:] or (kwargs.get("timeout"),))[0] != 0:
                        look = functools.partial(patch._look_poll, self._real, fd)
                    target = patch.recorder.name_of(fd) if fd >= 0 else kind
                    call = patch._record(name, target, arguments(args, kwargs, patch.recorder), fd, look)
                    return patch._finish(call, lambda: original(*args, **kwargs))

                return method

            def __enter__(self) -> Any:
                self._real.__enter__()
                return self

            def __exit__(self, *exc: Any) -> Any:
                return self._real.__exit__(*exc)

        Poller.__name__ = Poller.__qualname__ = kind
        setattr(select, kind, Poller)
        selector = getattr(selectors, f"{kind.capitalize()}Selector", None)
        if selector is not None and hasattr(selector, "_selector_cls"):
            selector._selector_cls = Poller

    @staticmethod
    def _look_poll(real: Any, fd: int) -> bool:
        # An epoll descriptor is itself readable when something is ready, and
        # looking at it so consumes no edge; a poll object has no descriptor.
        if fd >= 0:
            return is_ready(fd, LOOK_IN)
        try:
            return bool(real.poll(0))
        except RuntimeError:
            return False

    def _selector(self, base: type, name: str) -> None:
        """Record a selector's method as the learner's call; what it asks of the kernel is beneath."""
        original = base.__dict__.get(name)
        if original is None:
            return
        patch = self

        @functools.wraps(original)
        def method(selector: Any, *args: Any, **kwargs: Any) -> Any:
            fileobj = args[0] if args else kwargs.get("fileobj")
            fd = fileobj.fileno() if hasattr(fileobj, "fileno") else -1
            call = patch._record(f"selector.{name}", "", arguments(args, kwargs, patch.recorder), fd, None)
            return patch._finish(call, lambda: original(selector, *args, **kwargs))

        setattr(base, name, method)


def _flush() -> None:
    """What was printed before a call shall be readable if the call never returns."""
    stdout = sys.stdout
    if stdout is not None:
        try:
            stdout.flush()
        except (OSError, ValueError):
            pass
