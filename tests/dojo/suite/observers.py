"""Look at what the kernel knows, and wait for a state instead of for a while.

Nothing here appears on the tape. Every wait ends with the test's deadline, and
the report then says what was waited for.
"""

from __future__ import annotations

import array
import contextlib
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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from dojo.sandbox import child
from dojo.tape.call import Call

SIOCOUTQNSD = 0x894B  # linux/sockios.h: bytes in the send queue that were not yet sent
ON_ITS_WAY = 0.1  # seconds that a packet has to get from one end to the other, before anybody asks where it is
TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
RETRANSMIT = "01:"  # the timer that runs, as in /proc/net/tcp: TCP waits for an acknowledgement
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
    memory = child.here.memory
    memory.note = what
    while not condition():
        for error in child.here.errors:
            raise error
        _pause.wait(0.0005)  # seconds between two looks
    memory.note = ""


def soon(condition: Callable[[], bool]) -> bool:
    """Whether a condition holds, or comes to hold when what is on its way has arrived.

    What one end of a connection has sent, its FIN too, is at the other end when
    the call returns, as a rule. On a busy machine a thread of the kernel's brings it
    (ksoftirqd), and later. So a test waits, and longer only for what never comes.
    """
    since = time.monotonic()
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
    return time.monotonic() - since > ON_ITS_WAY and not on_its_way()


def on_its_way() -> bool:
    """Whether something was sent, a FIN too, that the kernel at the other end has not acknowledged yet.

    It is looked for on every TCP connection that has an end in this process, also if the
    sender is closed by now. What was sent a second time has been refused for want of
    room, and does not count, nor does what the window holds back. The answer is no
    where nobody tells: not on Linux, or no descriptor is left to ask with.
    """
    ours, rows, ends, sending = set(), [], set(), set()
    try:
        for name in os.listdir("/proc/self/fd"):
            with contextlib.suppress(FileNotFoundError):  # another thread has just closed it
                ours.add(str(Path(f"/proc/self/fd/{name}").readlink()))
        for table in (table for table in TABLES if Path(table).exists()):
            rows += [row.split()[:10] for row in Path(table).read_text().splitlines()[1:]]
    except OSError:
        return False
    for _, local, remote, state, _, timer, again, _, _, inode in rows:
        here, there = local.rpartition(":")[2], remote.rpartition(":")[2]
        if f"socket:[{inode}]" in ours and TCP_STATES[int(state, 16)] != "LISTEN":
            ends |= {(here, there), (there, here)}
        if timer.startswith(RETRANSMIT) and not int(again, 16):
            sending.add((here, there))
    return not ends.isdisjoint(sending)


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
    ends = f":{server_port:04X}", f":{client_port:04X}"
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, remote, state = row.split()[1:4]
        if (local[8:], remote[8:]) == ends:
            return TCP_STATES[int(state, 16)]
    return ""


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


def open_state(thread: int) -> list[int]:
    """Files for sleeps(), for a test in which there will be no descriptor to open them with; none without /proc."""
    files: list[int] = []
    with contextlib.suppress(OSError):
        for name in ("stat", "syscall"):
            files.append(os.open(f"/proc/self/task/{thread}/{name}", os.O_RDONLY))
    return files


def sleeps(thread: int, files: Sequence[int] = ()) -> bool:
    """Whether a thread of this process, by its native id, sleeps in the kernel and not for the interpreter lock.

    Without /proc the answer is yes: the tape then is the only witness. `files` are what
    open_state() gave for this thread.
    """
    task = Path(f"/proc/self/task/{thread}")
    try:
        stat = os.pread(files[0], 1024, 0).decode() if files else task.joinpath("stat").read_text()
        if stat.rpartition(")")[2].split()[0] != "S":
            return False
        call = os.pread(files[1], 1024, 0).decode() if files[1:] else task.joinpath("syscall").read_text()
        return call.split()[0] not in (FUTEX.get(os.uname().machine), "running")
    except PermissionError:  # some containers hide the system call: the state has to do
        return True
    except OSError:  # the thread has just ended, or there is no /proc
        return sys.platform != "linux"


def asleep_in(call: Call, files: Sequence[int] = ()) -> bool:
    """Whether a call is under way, and its thread sleeps in the kernel; `files` are as for sleeps()."""
    # Asked twice: it may end, and the thread fall asleep in the next one, between the two looks.
    return call.ended is None and sleeps(call.thread, files) and call.ended is None


def run_time(thread: int) -> int:
    """Nanoseconds that a thread of this process has run so far: schedstat (proc(5)); Linux only."""
    return int(Path(f"/proc/self/task/{thread}/schedstat").read_text().split()[0])
