"""Five tapes of one exchange, a model of input and output each: what `make pages` draws for chapter 6."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

from dojo.suite import observers
from dojo.tape import drawing, patch
from dojo.tape.call import Call
from dojo.tape.interception import READ
from dojo.tape.recorder import Recorder
from dojo.tape.shared_memory import SharedMemory
from dojo.upkeep import small_models

MESSAGE = b"hello"
MODELS: dict[str, str] = {
    "blocking": "the call sleeps",
    "non_blocking": "the program asks again and again",
    "multiplexing": "a call that waits for many sockets sleeps",
    "signal_driven": "the program does something else, until a signal",
    "asynchronous": "the loop sleeps, for everybody who awaits something",
}
SOME = 3  # refusals after which the message to the polling program is sent
SHOWN = ("recv", "select", "selector.select", "on_sigio")  # an empty look, select(0), is the loop's own
WAITING, COPYING = "1 waiting", "2 copying"
WIDTHS = (32, 20, 26)


def draw() -> str:
    """All five, as text; the same whenever it is drawn."""
    blocks = []
    for name, first in MODELS.items():
        head = f"{name.replace('_', '-')}: {first}"
        body = _lines(_recorded(name))
        blocks.append("\n".join([head, *(f"  {line}".rstrip() for line in body)]))
    return "\n\n".join(blocks)


def _lines(made: list[Call]) -> list[str]:
    """The calls up to the copying one, each with the phase in which it stands."""
    sent = next(call for call in made if call.who == "peer")
    rows: list[tuple[str, str, str, str]] = []
    peer = ("", "", sent.text, "")
    for call in made:
        if call.name not in SHOWN or call.args == "0":
            continue
        copies = call.name in READ and not call.error
        spans = call.name not in READ and call.began < sent.began < (call.ended or 0)
        if not (spans or call.waited) and peer not in rows and (copies or call.name == "on_sigio"):
            rows.append(peer)
        if call.waited or spans:
            rows += [(call.text, "waiting …", "", WAITING), peer]
            rows.append(("", drawing.outcome(call) if copies else "it is readable", "", COPYING if copies else WAITING))
        else:
            again = rows and rows[-1][1] == call.error == "EAGAIN"
            row = (call.text + " × N" * bool(again), drawing.outcome(call), "", COPYING if copies else WAITING)
            rows[len(rows) - bool(again) :] = [row]
        if copies:
            break
    return [_line("your code", "kernel", "peer", "phase"), *(_line(*row) for row in rows)]


def _line(*cells: str) -> str:
    widths = (*WIDTHS, 0)
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _recorded(name: str) -> list[Call]:
    """The calls of one model, made in a process of its own."""
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
    recorder = Recorder()
    patch.install(recorder)
    sock, peer = socket.socketpair()
    recorder.label(sock.fileno(), "sock")
    recorder.label(peer.fileno(), "peer")
    sending = threading.Thread(target=_send_late, args=(sock, peer, recorder, threading.get_native_id()))
    recorder.start(SharedMemory(), small_models.__file__, "no suite", {sending})
    receive: Callable[..., bytes] = getattr(small_models, name)
    sending.start()
    more = [lambda: _announced(recorder)] if name == "signal_driven" else []
    received = receive(sock, *more)
    recorder.on = False
    sending.join()
    if received != MESSAGE:
        raise AssertionError(received)
    return [call.to_json() for call in recorder.calls]


def _announced(recorder: Recorder) -> None:
    """Put the signal on the tape."""
    recorder.end(recorder.begin("on_sigio", "", "SIGIO", -1, "you", 0, None), "None")


def _send_late(sock: socket.socket, peer: socket.socket, recorder: Recorder, receiver: int) -> None:
    """Send when the receiver waits, in whichever way it does."""
    pause = threading.Event()
    while True:
        mine = [call for call in recorder.calls if call.who == "you"]
        refused = sum(call.name in READ and call.error == "EAGAIN" for call in mine)
        waits = any(call.ended is None for call in mine) or not mine
        armed = fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_ASYNC
        if refused >= SOME or armed or (waits and observers.sleeps(receiver)):
            break
        pause.wait(0.001)
    peer.sendall(MESSAGE)
