"""`make run`: a kata that is a program, on a real port, to talk to.

A program offers ``serve(listener)``. It may ask for more by the names of its
parameters: ``stop`` is a socket that becomes readable at Ctrl-C or SIGTERM, and
``upstream`` the address that TO= names.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
import re
import select
import signal
import socket
from collections.abc import Iterator
from typing import Any

from dojo.core.places import BadInput, Kata, all_katas, choose, find_side, module_path, typed
from dojo.sandbox.loader import CannotStart, load

PROGRAM = re.compile(r"^def serve\(", re.MULTILINE)
BACKLOG = 1024  # load generators connect by the hundred at once


def programs() -> list[Kata]:
    """The katas that are programs: they offer ``serve(listener)``."""
    return [kata for kata in all_katas() if PROGRAM.search(kata.stub.read_text(encoding="utf-8"))]


def run(wanted: str, side: str, port: str, upstream: str) -> int:
    """Serve on 127.0.0.1 until Ctrl-C; raises BadInput for what cannot be run."""
    offered = ", ".join(f"K={kata.id}" for kata in programs())
    chosen = choose(wanted) if wanted else []
    if len(chosen) != 1 or chosen[0] not in programs():
        raise BadInput(f"make run takes a kata that is a program: {offered}")
    if not port.isdigit() or not 0 <= int(port) < 65536:
        raise BadInput(f"PORT={port} is not a port: it is a number from 0 to 65535")
    if not upstream.isdigit() or not 0 < int(upstream) < 65536:
        raise BadInput(f"TO={upstream} is not a port: it is a number from 1 to 65535")
    try:
        module = load(module_path(find_side(side), chosen[0]))
        serve = module.serve
    except CannotStart as error:
        raise BadInput(str(error)) from None
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            again = typed("run", K=chosen[0].id, SIDE=side, PORT="7070")
            raise BadInput(f"port {port} is not to be had ({error.strerror}): say {again}") from None
        listener.listen(BACKLOG)
        host, number = listener.getsockname()
        asked = inspect.signature(serve).parameters
        if "upstream" in asked:
            serve = functools.partial(serve, upstream=("127.0.0.1", int(upstream)))
        # Before anything is said: who reads it may end the program at once. A script's background job would
        # have inherited that SIGINT is ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stopping = _stop() if "stop" in asked else contextlib.nullcontext()
        try:
            with stopping as stop:
                print(f"{chosen[0].id} {chosen[0].name}, {side}: serving on {host} port {number}; Ctrl-C ends it")
                print(f"talk to it from another terminal with: nc {host} {number}", flush=True)
                serve(listener, *([] if stop is None else [stop]))
                asked_to = stop is not None and bool(select.select([stop], [], [], 0)[0])
        except KeyboardInterrupt:
            print("\nstopped")
            return 0
        except NotImplementedError:
            raise BadInput(f"{chosen[0].id} is not written yet on {side}; SIDE=solutions runs the reference") from None
    print("stopped" if asked_to else "serve() has returned")
    return 0


@contextlib.contextmanager
def _stop() -> Iterator[socket.socket]:
    """A socket that becomes readable at the first SIGINT or SIGTERM; the second one ends the process."""
    with contextlib.ExitStack() as undo:
        stop, writer = (undo.enter_context(end) for end in socket.socketpair())
        asked = False

        def ask(signum: int, frame: Any) -> None:
            nonlocal asked
            if asked:
                os.write(1, b"\nstopped at once\n")
                os._exit(130)
            asked = True
            writer.send(b"\0")

        for number in (signal.SIGINT, signal.SIGTERM):
            undo.callback(signal.signal, number, signal.signal(number, ask))
        yield stop
