"""`make run`: a kata that is a program, on a real port, to talk to.

A program offers ``serve(listener)``. Its reference may ask for more by the names of
its parameters: ``stop`` is a socket that becomes readable at Ctrl-C or SIGTERM, and
``upstream`` the address that TO= names. What is said here needs nothing of the
learner's file but that it can be loaded.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from dojo.core.places import BadInput, Kata, choose, find_side, module_path, programs, shown, typed
from dojo.core.screen import write
from dojo.learner.clients import to_talk
from dojo.sandbox.loader import CannotStart, load
from dojo.tape.wording import counted

HOST = "127.0.0.1"
BACKLOG = 1024  # load generators connect by the hundred at once
TARGET = "7070"  # what TO= is if nobody says it
ECHO = "5.10"  # a program to relay to
# States of a connection's own side in /proc/net/tcp: accepted or not, somebody is at the other end (tcp_states.h).
LISTEN, CONNECTED = "0A", ("01", "08")


def run(wanted: str, side: str) -> int:
    """Serve on 127.0.0.1 until Ctrl-C; 1 if serve() raises. Raises BadInput for what cannot be run."""
    port, target = os.environ.get("PORT") or "6969", os.environ.get("TO") or TARGET
    chosen = choose(wanted) if wanted else []
    if len(chosen) != 1 or chosen[0] not in programs():
        offered = ", ".join(f"K={kata.id}" for kata in programs())
        raise BadInput(f"make run takes a kata that is a program: {offered}")
    kata = chosen[0]
    asked = _parameters(kata)
    _check("PORT", port, 0)
    _check("TO", target, 1)
    with ExitStack() as undo:
        listener = undo.enter_context(socket.socket())
        if "upstream" in asked and int(port) == int(target):
            raise _own(target)
        _bind(listener, kata, side, port, target)
        number = listener.getsockname()[1]
        if "upstream" in asked and number == int(target):
            raise _own(target)
        stop, writer = (undo.enter_context(end) for end in socket.socketpair())
        given = {"listener": listener, "stop": stop, "upstream": (HOST, int(target))}
        serve = _loaded(kata, side, [given[name] for name in asked if name in given])
        stopping = Stopping(number, writer if "stop" in asked else None, "grace" in asked)
        try:
            # Before anything is said: who reads it may end the program at once.
            undo.callback(stopping.install())
            said = f"{kata.id} {kata.name}, {side}: serving on port {number}; Ctrl-C ends it"
            write([said, *to_talk(kata, HOST, number)])
            if "upstream" in asked:
                write(_target(int(target)))
            serve()
        except KeyboardInterrupt:
            stopping.asked = True
        except NotImplementedError:
            reference = typed("run", K=kata.id, SIDE="solutions")
            raise BadInput(f"{kata.id} is not written yet on {side}; {reference} runs the reference") from None
        except Exception as error:
            # Its own frames alone, as Python shows them: who called it does not matter.
            own = _from(error.__traceback__, str(module_path(find_side(side), kata)))
            print("".join(traceback.format_exception(type(error), error, own)), end="", file=sys.stderr)
            return 1
    write(["stopped" if stopping.asked else "serve() has returned"])
    return 0


def _parameters(kata: Kata) -> list[str]:
    """The names of what serve() takes, in their order, as the stub has them."""
    tree = ast.parse(kata.stub.read_text(encoding="utf-8"))
    [serve] = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "serve"]
    return [argument.arg for argument in serve.args.args]


def _check(name: str, text: str, lowest: int) -> None:
    if not re.fullmatch("[0-9]{1,5}", text) or not lowest <= int(text) < 65536:
        raise BadInput(f"{name}={text} is not a port: it is a number from {lowest} to 65535")


def _own(target: str) -> BadInput:
    return BadInput(f"TO={target} is the port of the relay itself: TO= takes the port of another server")


def _bind(listener: socket.socket, kata: Kata, side: str, port: str, target: str) -> None:
    """Listen on a port; raises BadInput with a command that takes one which the kernel has found free."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, int(port)))
        listener.listen(BACKLOG)
    except OSError as error:
        with socket.socket() as another:
            another.bind((HOST, 0))
            free = another.getsockname()[1]
        again = typed("run", K=kata.id, SIDE=side, PORT=free, TO="" if target == TARGET else target)
        raise BadInput(f"port {port}: {error.strerror}. This one is free:", f"  {again}") from None


def _loaded(kata: Kata, side: str, arguments: list[Any]) -> Callable[[], Any]:
    """The learner's serve() with what the brief says that it is given."""
    path = module_path(find_side(side), kata)
    try:
        serve = load(path).serve
        inspect.signature(serve).bind(*arguments)
    except CannotStart as error:
        raise BadInput(str(error)) from None
    except (TypeError, ValueError) as error:
        raise BadInput(f"{shown(path)}: serve() is not what the brief asks for: {error}") from None
    return lambda: serve(*arguments)


def _from(met: TracebackType | None, file: str) -> TracebackType | None:
    """A traceback from the first frame in a file on; None if none is in it."""
    while met is not None and met.tb_frame.f_code.co_filename != file:
        met = met.tb_next
    return met


def _target(port: int) -> list[str]:
    """What to say of the server that a relay passes on to: nothing, if there is one."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError as error:
        return [
            f"TO={port}: nobody answers there ({error.strerror or error}). The relay goes on, and",
            "until somebody does it closes its clients. In another terminal, for example:",
            f"  {typed('run', K=ECHO, SIDE='solutions', PORT=port)}",
        ]
    return []


class Stopping:
    """What Ctrl-C and SIGTERM do: the first asks the program to end, the second ends it."""

    def __init__(self, port: int, writer: socket.socket | None, waits: bool) -> None:
        """`writer` makes the program's `stop` readable, if it has one; `waits` says that it lets its clients finish."""
        self.asked = False
        self._port, self._writer, self._waits = port, writer, waits
        self._pid = os.getpid()

    def install(self) -> Callable[[], None]:
        """Handle the signals; the function that is returned puts back what was there."""
        # SIGINT in any case: a script's background job has inherited that it is ignored.
        numbers = [signal.SIGINT] if self._writer is None else [signal.SIGINT, signal.SIGTERM]
        before = {number: signal.signal(number, self._come) for number in numbers}

        def put_back() -> None:
            for number, handler in before.items():
                signal.signal(number, handler)

        return put_back

    def _come(self, signum: int, frame: FrameType | None) -> None:
        here = os.getpid() == self._pid  # a worker that was forked has this handler too, and nothing to say
        if self.asked:
            if here:
                self._say("stopped at once")
            os._exit(130)
        self.asked = True
        if not here:
            return
        if self._writer is None:
            self._say("")
            raise KeyboardInterrupt
        self._say(f"{self._what_happens()}; Ctrl-C again stops it at once")
        self._writer.send(b"\0")

    def _what_happens(self) -> str:
        number = connected(self._port)
        clients = "its clients" if number is None else counted(number, "client")
        if not self._waits or number == 0:
            return "stopping"
        return f"stopping: waits for {clients} to end"

    @staticmethod
    def _say(text: str) -> None:
        """Print a line below the terminal's ^C; not by print(), which the signal may have interrupted."""
        try:
            os.write(1, f"\n{text}\n".encode() if text else b"\n")
        except OSError:
            pass  # nobody reads


def connected(port: int) -> int | None:
    """How many clients of a port are connected, accepted or in the queue: proc(5); None where there is no such file."""
    table = Path("/proc/net/tcp")
    if sys.platform != "linux" or not table.exists():
        return None
    rows = [row.split() for row in table.read_text().splitlines()[1:]]
    mine = [(row[3], row[9]) for row in rows if row[1].endswith(f":{port:04X}") and row[3] != LISTEN]
    # In other states it counts while some process still has the socket: it has an inode.
    return sum(state in CONNECTED or inode != "0" for state, inode in mine)
