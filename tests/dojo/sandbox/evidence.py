"""What is known at the moment of a verdict, and gone with the test: its sockets, the kernel's queues, who has ended."""

from __future__ import annotations

import _socket
import contextlib
import re
import socket
import struct
import sys
import traceback
import weakref
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest

from dojo.sandbox.explain import explain
from dojo.sandbox.findings import describe, lines_of, spelled
from dojo.sandbox.statements import names_at, names_from
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.recorder import Recorder

DEPTH = 3  # levels of lists and objects in which sockets are looked for
MOST = 40  # things looked at in each
NAMED = 6  # sockets that an assertion is about; of more it is about none in particular
PLAIN = (bytes, bytearray, str, int, float, bool, list, tuple, set, dict, frozenset)
STATES = ("", "ESTABLISHED", "SYN_SENT", "SYN_RECV")  # tcp_states.h
LISTENS = 10  # TCP_LISTEN
CLASS, FUNCTION = re.compile(r"<class '([\w.]+)'>"), re.compile(r"<function (?:\S+\.)?(\S+) at 0x[0-9a-f]+>")
SOCKET = re.compile(r"<socket\.socket (?:\[closed\] )?fd=(-?\d+)[^>]*>")

_fileno = _socket.socket.fileno
_dict = object.__getattribute__


class Background(Protocol):
    """A call of the kata's in a thread of its own: see dojo.suite.background."""

    name: str

    @property
    def error(self) -> BaseException | None:
        """What it has raised, if the suite was not given that."""

    @property
    def done(self) -> bool:
        """Whether it has returned or raised."""


def with_evidence(
    verdict: Verdict,
    error: BaseException,
    item: pytest.Function,
    recorder: Recorder,
    background: Sequence[weakref.ref[Background]],
    unexpected: Sequence[BaseException],
) -> Verdict:
    """The verdict on a test that an error has ended, with what is known beside the error itself.

    `background`: the calls that the suite has begun there; `unexpected`: errors of theirs that nobody waits for.
    """
    verdict.about = sockets_in_question(error, item.path, recorder)
    if not verdict.differs:
        verdict.wanted, verdict.got = (_with_names(text, recorder) for text in (verdict.wanted, verdict.got))
    if item.get_closest_marker("parametrize"):
        verdict.given = case(error, item.path, item.originalname, item.callspec.params, item.name, verdict.words)
    if verdict.kind is not Kind.FAILED or verdict.line:
        return verdict
    running = [one for known in background if (one := known()) is not None]
    # A thread that has raised may still be about to end.
    ended = [one for one in running if (one.done or one.error is not None) and one.error is not error]
    for one in ended:
        if any(one.error is known for known in unexpected):  # the assertion is what came of it
            assert one.error is not None
            cause = explain(one.error, Path(recorder.kata), item.path, None)
            got = cause.got.replace("your code raised", f"{one.name}() had ended with", 1)
            words = "\n".join(text for text in (cause.words, verdict.words) if text)
            return replace(cause, got=got, words=words, about=verdict.about, given=verdict.given)
    for one in ended:
        if one.error is not None:
            lines = [line for name, line in lines_of(one.error) if name == recorder.kata]
            where = f" at line {lines[-1]}" if lines else ""
            verdict.words += f"\n{one.name}() had ended before{where}, with {describe(one.error)}"
        elif one.name == "serve" and "returned" not in verdict.got and "serve()" not in verdict.words:
            verdict.words += "\nserve() had returned before"
    return verdict


def _with_names(text: str, recorder: Recorder) -> str:
    """A text with sockets, classes and functions by their names, in place of what repr() says of them."""
    text = SOCKET.sub(lambda found: recorder.name_of(int(found[1])), text)
    return FUNCTION.sub(r"\1", CLASS.sub(r"\1", text))


def sockets_in_question(error: BaseException, suite: Path, recorder: Recorder) -> list[str]:
    """The names of the sockets that an assertion of the suite is about, the nearest first, and of their other ends.

    They are those in the statements of the suite that the error has passed.
    """
    found: list[str] = []
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        if frame.f_code.co_filename == str(suite):
            for name in names_at(suite, line):
                with contextlib.suppress(Exception):  # objects of the learner's may do anything
                    value = frame.f_locals.get(name, frame.f_globals.get(name))
                    found += [label for fd in _descriptors(value, DEPTH) if (label := recorder.labels.get(fd))]
    named = list(dict.fromkeys(found))
    if len(named) > NAMED:
        return []
    others = _other_ends(recorder)
    return list(dict.fromkeys([*named, *(other for name in named for other in others.get(name, ()))]))


def _descriptors(value: Any, depth: int) -> Iterator[int]:
    """The descriptors of all sockets in a value."""
    kind = type(value)
    if issubclass(kind, _socket.socket):
        yield _fileno(value)
    elif depth and issubclass(kind, (list, tuple, set)):
        for one in list(value)[:MOST]:
            yield from _descriptors(one, depth - 1)
    elif depth and issubclass(kind, dict):
        for one in [*value, *value.values()][:MOST]:
            yield from _descriptors(one, depth - 1)
    elif depth and kind.__module__ not in ("builtins", "threading", "socket") and not issubclass(kind, type):
        with contextlib.suppress(AttributeError):
            yield from _descriptors(_dict(value, "__dict__"), depth - 1)


def _other_ends(recorder: Recorder) -> dict[str, list[str]]:
    """Which sockets of this process are connected with each other, by their names."""
    here: dict[str, str] = {}  # by address
    there: dict[str, str] = {}
    for fd, label in recorder.labels.items():
        own, peer = _addresses(fd)
        if own and peer:
            here[own], there[own] = label, peer
    found: dict[str, list[str]] = defaultdict(list)
    for own, peer in there.items():
        if peer in here:
            found[here[own]].append(here[peer])
    for call in recorder.calls:  # a connection that is closed already
        address = call.result.rpartition(", ")[2]
        if call.name == "accept" and call.made and address in here:
            found[here[address]].append(call.made)
    for label in recorder.labels.values():  # the ends of pairs, as suites name them
        if label.startswith("sock"):
            found[label].append(label.replace("sock", "peer", 1))
        elif label.startswith("peer"):
            found[label].append(label.replace("peer", "sock", 1))
    return found


@contextlib.contextmanager
def _looked_at(fd: int) -> Iterator[_socket.socket]:
    """A socket as C knows it, which the tape does not see; raises OSError if it is none."""
    sock = _socket.socket(fileno=fd)
    try:
        yield sock
    finally:
        sock.detach()


def _addresses(fd: int) -> tuple[str, str]:
    """Its own address and its peer's, as the tape writes them; empty if it has none."""
    try:
        with _looked_at(fd) as sock:
            host, port, *_ = sock.getsockname()
            other, there, *_ = sock.getpeername()
        return f"{host}:{port}", f"{other}:{there}"
    except (OSError, ValueError):
        return "", ""


def queues(recorder: Recorder) -> list[str]:
    """What the kernel says of connections that nobody has accepted, in words; nothing where there are none.

    A client for which there is no room in the queue of its listener is told nothing: it waits in SYN_SENT
    (listen(2), tcp(7)). The queue itself is in TCP_INFO, of a listener: tcpi_unacked and tcpi_sacked.
    """
    if sys.platform != "linux":
        return []
    lines, states = [], defaultdict(list)
    for fd, label in recorder.labels.items():
        with contextlib.suppress(OSError), _looked_at(fd) as sock:
            info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 32)
            waiting, backlog = struct.unpack_from("II", info, 24)
            if info[0] == LISTENS and waiting:
                lines.append(f"the queue of {label} holds {waiting}, and its backlog is {backlog}")
            elif info[0] in (1, 2, 3):
                states[STATES[info[0]]].append(label)
    if "SYN_SENT" not in states:
        return []
    return lines + [f"{state}: {', '.join(states[state])}" for state in STATES if state in states]


def case(error: BaseException, suite: Path, function: str, arguments: dict[str, Any], name: str, words: str) -> str:
    """What a parametrised test was given: what its `name` does not tell of its arguments, and what it made of them.

    The `words` of the failure are told elsewhere.
    """
    made = names_from(suite, function, set(arguments))
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == str(suite) and frame.f_code.co_name == function:
            told = [
                f"{one} = {spelled(value)}"
                for one, value in frame.f_locals.items()
                if one in made or (one in arguments and str(value) not in name)
                if type(value) in PLAIN and value != words
            ]
            return ", ".join(told)
    return ""
