"""Small programs that are recorded and drawn for the chapters' pages: the five models, level and edge."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from dojo.suite import observers
from dojo.tape import drawing, patch
from dojo.tape.call import Call
from dojo.tape.folding import Row
from dojo.tape.interception import READ
from dojo.tape.recorder import Recorder
from dojo.tape.shared_memory import SharedMemory
from dojo.upkeep import small_models, small_triggers

MODELS: dict[str, str] = {
    "blocking": "the call waits, and then it copies",
    "non_blocking": "no call waits: the program asks again and again",
    "multiplexing": "one call waits, for many sockets; another copies",
    "signal_driven": "no call waits: a signal says when to copy",
    "asynchronous": "the loop waits, for everybody who awaits something, and copies",
}
TRIGGERS: dict[str, str] = {
    "level": "told as long as something is there",
    "edge": "told once, when something comes; not again for what is left",
}
ALL = MODELS | TRIGGERS
# What a peer sends, each when the program waits or has asked often enough.
HELLO, PIECES = (b"hello",), (b"abcdef", b"g", b"h")
SOME = 3  # refusals after which the message to the polling program is sent; so many are shown
SHOWN = ("recv", "select", "selector.select", "poll", "on_sigio")  # an empty look, select(0), is the loop's own


def heading(name: str) -> str:
    """What stands above the picture of a program."""
    return f"{name.replace('_', '-')}: {ALL[name]}"


def rows(name: str) -> list[Row]:
    """The rows of a program's tape, up to the call that copies the last of it; the same whenever it is recorded."""
    made = drawing.rows(_recorded(name))
    shown = [row for row in made if row.call and row.call.name in (*SHOWN, "sendall") and row.call.args != "0"]
    copied = [place for place, row in enumerate(shown) if _copies(row)]
    shown = _in_order(shown[: copied[-1] + 1], [row for row in shown if row.peers])
    return _counted(shown) if name in TRIGGERS else _some(shown)


def _copies(row: Row) -> bool:
    return row.call is not None and row.call.who == "you" and row.call.copied > 0 and row.kernel != "waiting …"


def _in_order(shown: list[Row], sent: Sequence[Row]) -> list[Row]:
    """The rows with the peer's first step before what came of it: the program may have been between two calls."""
    first = next(
        place
        for place, row in enumerate(shown)
        if _copies(row) or row.wakes or (row.call and row.call.name == "on_sigio")
    )
    if sent[0] in shown[:first]:
        return shown
    return [*shown[:first], sent[0], *(row for row in shown[first:] if row is not sent[0])]


def _some(shown: list[Row]) -> list[Row]:
    """The rows with the first refusals alone, the last of which stands for all that follow."""
    refused = [row for row in shown if row.kernel == "EAGAIN"]
    if len(refused) < SOME:
        return shown
    last = replace(refused[SOME - 1], you=f"{refused[SOME - 1].you} again and again")
    kept = [row for row in shown if not any(row is one for one in refused[SOME:])]
    return [last if row is refused[SOME - 1] else row for row in kept]


def _counted(shown: list[Row]) -> list[Row]:
    """The rows with what is left in the kernel behind what was copied."""
    left, found = 0, []
    for row in shown:
        row = replace(row, you=row.you.replace("epoll 1.", "epoll."))
        if row.call and row.peers:
            left += row.call.copied
        elif row.call and _copies(row):
            left -= row.call.copied
            row.kernel += f", {left} left"
        found.append(row)
    return found


def _recorded(name: str) -> list[Call]:
    """The calls of one program, made in a process of its own."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writer, json.dumps(_run(name)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    data = b""
    while piece := os.read(reader, 1 << 16):
        data += piece
    os.close(reader)
    os.waitpid(pid, 0)
    return [Call.from_json(values) for values in json.loads(data)]


def _run(name: str) -> list[list[Any]]:
    module: ModuleType = small_triggers if name in TRIGGERS else small_models
    recorder = Recorder()
    patch.install(recorder)
    sock, peer = socket.socketpair()
    recorder.label(sock.fileno(), "sock")
    recorder.label(peer.fileno(), "peer")
    done, pieces = threading.Event(), PIECES if name in TRIGGERS else HELLO
    sending = threading.Thread(target=_send_late, args=(sock, peer, recorder, threading.get_native_id(), pieces, done))
    recorder.start(SharedMemory(), str(module.__file__), "no suite", {sending})
    receive: Callable[..., bytes] = getattr(module, name)
    sending.start()
    more = [lambda: _announced(recorder)] if name == "signal_driven" else []
    received = receive(sock, *more)
    recorder.on = False
    done.set()
    sending.join()
    if received != pieces[0]:
        raise AssertionError(received)
    return [call.to_json() for call in recorder.calls]


def _announced(recorder: Recorder) -> None:
    """Put the signal on the tape."""
    recorder.end(recorder.begin("on_sigio", "", "SIGIO", -1, "you", 0, None), "None")


def _send_late(
    sock: socket.socket,
    peer: socket.socket,
    recorder: Recorder,
    receiver: int,
    pieces: Sequence[bytes],
    done: threading.Event,
) -> None:
    """Send each piece when the receiver waits, in whichever way it does, until it is `done`."""
    seen = 0  # of its calls, when the last piece was sent
    for piece in pieces:
        while not done.is_set():
            mine = [call for call in recorder.calls if call.who == "you"]
            refused = sum(call.name in READ and call.error == "EAGAIN" for call in mine)
            waits = len(mine) > seen and mine[-1].ended is None
            armed = fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_ASYNC
            if refused >= SOME or armed or (waits and observers.sleeps(receiver)):
                break
            done.wait(0.001)
        if done.is_set():
            return
        seen = len(mine)
        peer.sendall(piece)
