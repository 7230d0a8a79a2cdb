"""What every suite finds ready: the kata, its tape, sockets on the loopback."""

from __future__ import annotations

import select
import selectors
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dojo.sandbox import child
from dojo.sandbox.loader import load
from dojo.suite.background import Running
from dojo.suite.peers import Keeper
from dojo.tape.query import Tape

SELECTORS = ("SelectSelector", "PollSelector", "EpollSelector", "KqueueSelector")


@pytest.fixture
def kata() -> Any:
    """The module under test, imported afresh for this test."""
    child.here.memory.phase = "importing"
    module = load(child.here.module)
    child.here.memory.phase = "running"
    return module


@pytest.fixture
def tape() -> Tape:
    """What the learner's code has asked of the kernel in this test."""
    return child.here.tape


@pytest.fixture
def keep() -> Iterator[Keeper]:
    """`keep(sock)` closes a socket, or all in a list, when the test is over."""
    keeper = Keeper()
    yield keeper
    keeper.close()


@pytest.fixture
def connect(keep: Keeper) -> Callable[..., socket.socket]:
    """`connect(listener, name="")` gives a connected client."""
    return keep.connect


@pytest.fixture
def listener(tape: Tape) -> Iterator[socket.socket]:
    """A blocking TCP listener on 127.0.0.1 and a port that the kernel chose; backlog 16."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen(16)
        tape.label(sock, "listener")
        yield sock


@pytest.fixture
def pair(tape: Tape) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a TCP connection: `sock` for the learner's code, `peer` for the suite; blocking."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)
        peer = socket.create_connection(door.getsockname())
        sock, _ = door.accept()
    tape.label(sock, "sock")
    tape.label(peer, "peer")
    with sock, peer:
        yield sock, peer


@pytest.fixture
def unix_pair(tape: Tape) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of an AF_UNIX stream: what one sends, the other has before send returns."""
    sock, peer = socket.socketpair()
    tape.label(sock, "sock")
    tape.label(peer, "peer")
    with sock, peer:
        yield sock, peer


@pytest.fixture(params=[name for name in SELECTORS if hasattr(selectors, name)])
def selector(request: pytest.FixtureRequest, tape: Tape) -> Iterator[selectors.BaseSelector]:
    """An empty selector; a test that asks for it runs once on each kind that the system has."""
    with getattr(selectors, request.param)() as made:
        if hasattr(made, "fileno"):
            tape.label(made, "selector")
        yield made


@pytest.fixture
def epoll(tape: Tape) -> Iterator[Any]:
    """An empty epoll object (epoll(7)); Linux only."""
    with select.epoll() as made:
        tape.label(made, "epoll")
        yield made


@pytest.fixture
def background() -> Callable[..., Running]:
    """`background(function, *args)` runs it in a thread and returns a Running."""
    return Running
