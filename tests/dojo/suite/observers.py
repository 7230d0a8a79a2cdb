"""Look at what the kernel knows, and wait for a state instead of for a while.

Nothing here appears on the tape. Every wait ends with the test's deadline, and
the report then says what was waited for.
"""

from __future__ import annotations

import array
import fcntl
import os
import resource
import select
import socket
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dojo.sandbox import child
from dojo.tape.recorder import Call

SIOCOUTQNSD = 0x894B  # linux/sockios.h: bytes in the send queue that were not yet sent
ON_ITS_WAY = 0.1  # seconds that a packet may take from one end to the other
OURS = select.POLLRDBAND  # never set on the loopback; a trace tells our looks by it
FUTEX = {"x86_64": "202", "aarch64": "98"}
TCP_STATES = (
    "?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
    "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
)  # fmt: skip

_poll = select.poll
_pause = threading.Event()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; `what` completes "the test still waits for ...".

    There is no time limit here: the test's deadline is the limit. An error that
    ended a background call meanwhile is raised here: what it should have done
    will not happen any more.
    """
    board = child.here.board
    board.note = what
    while not condition():
        for error in child.here.errors:
            raise error
        _pause.wait(0.0005)  # seconds between two looks
    board.note = ""


def soon(condition: Callable[[], bool]) -> bool:
    """Whether a condition holds, or comes to hold when what is on its way has arrived.

    What one end of a connection has sent, its FIN too, is at the other end when
    the call returns, as a rule. On a busy machine a thread of the kernel's brings it
    (ksoftirqd), and later. So a test waits, and longer only for what never comes.
    """
    until = time.monotonic() + ON_ITS_WAY
    while not condition():
        if time.monotonic() > until:
            return condition()
        _pause.wait(0.0005)
    return True


def unread(sock: socket.socket | int) -> int:
    """Bytes in the receive queue: ioctl FIONREAD (tcp(7)); 0 at the end of the stream too."""
    size = array.array("i", [0])
    fcntl.ioctl(sock if isinstance(sock, int) else sock.fileno(), termios.FIONREAD, size)
    return size[0]


def unsent(sock: socket.socket) -> int:
    """Bytes in the send queue that the peer's kernel does not have yet: SIOCOUTQNSD; Linux only."""
    size = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), SIOCOUTQNSD, size)
    return size[0]


def tcp_state(sock: socket.socket) -> str:
    """The state of a TCP socket, as in ESTABLISHED or CLOSE_WAIT: TCP_INFO (tcp(7)); Linux only."""
    info = socket.socket.getsockopt(sock, socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return TCP_STATES[info[0]]


def accept_queue(listener: socket.socket) -> tuple[int, int]:
    """Connections that wait to be accepted, and the backlog: TCP_INFO of a listener; Linux only."""
    info = socket.socket.getsockopt(listener, socket.IPPROTO_TCP, socket.TCP_INFO, 32)
    waiting, backlog = struct.unpack_from("II", info, 24)
    return waiting, backlog


def is_nonblocking(sock: socket.socket | int) -> bool:
    """Whether O_NONBLOCK is set, whatever Python believes (fcntl(2), F_GETFL)."""
    fd = sock if isinstance(sock, int) else sock.fileno()
    return bool(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_NONBLOCK)


def readiness(sock: socket.socket, events: int) -> int:
    """What poll(2) says of a socket just now."""
    poll = _poll()
    poll.register(sock.fileno(), events | OURS)
    found = poll.poll(0)
    return found[0][1] & ~OURS if found else 0


def wait_queued(listener: socket.socket, connections: int) -> None:
    """Wait until so many connections are in the accept queue; elsewhere than on Linux, until there is one."""
    if sys.platform == "linux":
        wait_until(lambda: accept_queue(listener)[0] == connections, f"{connections} connections in the accept queue")
    elif connections:
        wait_until(lambda: bool(readiness(listener, select.POLLIN)), "a connection in the accept queue")


def wait_unread(sock: socket.socket, size: int) -> None:
    """Wait until so many bytes can be read from the socket."""
    wait_until(lambda: unread(sock) == size, f"{size:,} bytes to arrive")


def has_fin(sock: socket.socket) -> bool:
    """Whether the peer's FIN has arrived at this socket."""
    if sys.platform == "linux":
        return bool(readiness(sock, select.POLLRDHUP))
    found = readiness(sock, select.POLLIN)
    return bool(found & select.POLLHUP) or (bool(found) and unread(sock) == 0)


def wait_fin(sock: socket.socket) -> None:
    """Wait until the peer's FIN has arrived at this socket."""
    wait_until(lambda: has_fin(sock), "the peer to close its side (FIN)")


def wait_reset(sock: socket.socket) -> None:
    """Wait until the peer's RST has arrived at this socket; reads nothing, clears nothing."""
    wait_until(lambda: bool(readiness(sock, 0) & (select.POLLERR | select.POLLHUP)), "the peer's reset (RST)")


def wait_readable(sock: socket.socket, what: str) -> None:
    """Wait until something can be read or accepted; `what` completes "the test still waits for ..."."""
    wait_until(lambda: bool(readiness(sock, select.POLLIN)), what)


def kernel_state(server_port: int, client_port: int) -> str:
    """The state of the server's side of a connection, as in TIME_WAIT, accepted or not: /proc/net/tcp; Linux only.

    Empty when the kernel has forgotten it.
    """
    row = _row(server_port, client_port)
    return TCP_STATES[int(row[3], 16)] if row else ""


def inode_behind(server_port: int, client_port: int) -> int:
    """The inode of the server's side of an accepted connection, as fstat(2) tells it: /proc/net/tcp; Linux only."""
    row = _row(server_port, client_port)
    return int(row[9]) if row else 0


def _row(server_port: int, client_port: int) -> list[str]:
    """What /proc/net/tcp says of the server's side of a connection, in columns; empty if it is not there."""
    ends = f":{server_port:04X}", f":{client_port:04X}"
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, remote = row.split()[1:3]
        if (local[8:], remote[8:]) == ends:
            return row.split()
    return []


def ports(sock: socket.socket) -> tuple[int, int] | None:
    """The other end's port and this one's, for kernel_state(); None where the kernel does not show what is there."""
    if sys.platform != "linux" or sock.family != socket.AF_INET:
        return None
    try:
        return sock.getpeername()[1], sock.getsockname()[1]
    except OSError:  # the other end was faster
        return None


def wait_delivered(sock: socket.socket) -> None:
    """Wait until the peer's kernel has acknowledged all that was sent: SIOCOUTQ (tcp(7)); no wait but on Linux."""
    if sys.platform != "linux" or sock.family == socket.AF_UNIX:
        return

    def delivered() -> bool:
        size = array.array("i", [0])
        fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, size)
        return not size[0]

    wait_until(delivered, "what the peer has sent to arrive")


def interest(epoll: Any) -> dict[int, int]:
    """What an epoll object watches: descriptor to event mask, from /proc/self/fdinfo (proc(5)); Linux only."""
    watched: dict[int, int] = {}
    for line in Path(f"/proc/self/fdinfo/{epoll.fileno()}").read_text().splitlines():
        if line.startswith("tfd:"):
            _, fd, _, events = line.split()[:4]
            watched[int(fd)] = int(events, 16)
    return watched


def room_for_descriptors(number: int) -> None:
    """Let this test's process open so many descriptors; skip the test where the system refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
        except (ValueError, OSError):
            pytest.skip(f"a process may open {soft} descriptors here, and this behaviour takes {number}")


def sleeps(thread: int) -> bool:
    """Whether a thread of this process, by its native id, sleeps in the kernel and not for the interpreter lock.

    Without /proc the answer is yes: the tape then is the only witness.
    """
    task = Path(f"/proc/self/task/{thread}")
    try:
        if task.joinpath("stat").read_text().rpartition(")")[2].split()[0] != "S":
            return False
        return task.joinpath("syscall").read_text().split()[0] not in (FUTEX.get(os.uname().machine), "running")
    except PermissionError:  # some containers hide the system call: the state has to do
        return True
    except OSError:  # the thread has just ended, or there is no /proc
        return sys.platform != "linux"


def asleep_in(call: Call) -> bool:
    """Whether a call is under way, and its thread sleeps in the kernel."""
    # Asked twice: it may end, and the thread fall asleep in the next one, between the two looks.
    return call.ended is None and sleeps(call.thread) and call.ended is None


def run_time(thread: int) -> int:
    """Nanoseconds that a thread of this process has run so far: schedstat (proc(5)); Linux only."""
    return int(Path(f"/proc/self/task/{thread}/schedstat").read_text().split()[0])
