"""Wait for a state instead of for a while."""

from __future__ import annotations

import itertools
import select
import socket
import sys
import threading
import time
from collections.abc import Callable

from dojo.sandbox import child
from dojo.suite.observers.sockets import (
    accept_queue,
    has_fin,
    is_readable,
    on_its_way,
    readiness,
    unacknowledged,
    unread,
)
from dojo.tape.wording import counted

ON_ITS_WAY = 0.1  # seconds that a packet has to get from one end to the other, before anybody asks where it is

_pause, _monotonic = threading.Event(), time.monotonic  # the real one, also where a suite lets time pass
_numbers = itertools.count(1)  # of waits that only look


def wait_until(condition: Callable[[], bool], what: str, *, only_looks: bool = False) -> None:
    """Wait for a condition; `what` completes "the test still waits for ...".

    There is no time limit here: the test's deadline is the limit. An error that
    ended a background call meanwhile is raised here: what it should have done
    will not happen any more.

    `only_looks`: the condition asks for a state of the kernel, or of a thread, and neither counts
    nor looks at a clock nor changes anything. When everybody else sleeps for good, it will not come.
    """
    memory = child.here.memory
    memory.note = what
    number = next(_numbers) if only_looks and threading.current_thread() is threading.main_thread() else 0
    looks = 0
    try:
        while not condition():
            for error in child.here.errors:
                raise error
            if number:
                memory.looked = number, (looks := looks + 1)
            _pause.wait(0.0005)  # seconds between two looks
    finally:
        if number:
            memory.looked = 0, 0
    memory.note = ""


def soon(condition: Callable[[], bool]) -> bool:
    """Whether a condition holds, or comes to hold when what is on its way has arrived.

    What one end of a connection has sent, its FIN too, is at the other end when
    the call returns, as a rule. On a busy machine a thread of the kernel's brings it
    (ksoftirqd), and later. So a test waits, and longer only for what never comes.
    """
    since = _monotonic()
    while not condition():
        if overdue(since):
            return condition()
        _pause.wait(0.0005)
    return True


def overdue(since: float) -> bool:
    """Whether what was on its way at a moment of time.monotonic() is there by now, or lost.

    No kernel promises when a packet arrives, and on a busy machine a long time may pass. So the time
    alone does not tell, where the kernel can be asked.
    """
    return _monotonic() - since > ON_ITS_WAY and not on_its_way()


def wait_queued(listener: socket.socket, connections: int) -> None:
    """Wait until so many connections are in the accept queue; elsewhere than on Linux, until there is one."""
    if sys.platform == "linux":
        wait_until(
            lambda: accept_queue(listener)[0] == connections,
            f"{counted(connections, 'connection')} in the accept queue",
            only_looks=True,
        )
    elif connections:
        wait_until(lambda: is_readable(listener), "a connection in the accept queue", only_looks=True)


def wait_unread(sock: socket.socket, size: int) -> None:
    """Wait until so many bytes can be read from the socket."""
    wait_until(lambda: unread(sock) == size, f"{counted(size, 'byte')} to arrive", only_looks=True)


def wait_fin(sock: socket.socket) -> None:
    """Wait until the peer's FIN has arrived at this socket."""
    wait_until(lambda: has_fin(sock), "the peer to close its side (FIN)", only_looks=True)


def wait_reset(sock: socket.socket) -> None:
    """Wait until the peer's RST has arrived at this socket; reads nothing, clears nothing."""
    wait_until(
        lambda: bool(readiness(sock, 0) & (select.POLLERR | select.POLLHUP)), "the peer's reset (RST)", only_looks=True
    )


def wait_readable(sock: socket.socket, what: str) -> None:
    """Wait until something can be read or accepted; `what` completes "the test still waits for ..."."""
    wait_until(lambda: is_readable(sock), what, only_looks=True)


def wait_delivered(sock: socket.socket) -> None:
    """Wait until the peer's kernel has acknowledged all that was sent: SIOCOUTQ (tcp(7)); no wait but on Linux."""
    if sys.platform != "linux" or sock.family == socket.AF_UNIX:
        return
    wait_until(lambda: not unacknowledged(sock), "what the peer has sent to arrive", only_looks=True)
