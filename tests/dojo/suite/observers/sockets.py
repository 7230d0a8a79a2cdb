"""What the kernel knows of sockets and descriptors."""

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
from pathlib import Path
from typing import Any

import pytest

SIOCOUTQNSD = 0x894B  # linux/sockios.h: bytes in the send queue that were not yet sent
OURS = select.POLLRDBAND  # never set on the loopback; a trace tells our looks by it
TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
RETRANSMIT = "01:"  # the timer that runs, as in /proc/net/tcp: TCP waits for an acknowledgement
TCP_STATES = (
    "?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
    "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
)  # fmt: skip

OPTIONS = {
    socket.SOL_SOCKET: (
        "SO_LINGER", "SO_RCVBUF", "SO_SNDBUF", "SO_RCVLOWAT", "SO_RCVTIMEO", "SO_SNDTIMEO", "SO_KEEPALIVE",
        "SO_OOBINLINE",
    ),
    socket.IPPROTO_TCP: ("TCP_NODELAY", "TCP_CORK"),
}  # fmt: skip

_poll = select.poll


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


def shared_settings(sock: socket.socket) -> dict[str, bytes]:
    """What all duplicates of a descriptor share, by name: O_NONBLOCK (fcntl(2)) and options of the socket.

    socket(7) has SO_LINGER, the buffers and the rest, tcp(7) the last two. What the system lacks is left out.
    """
    found = {"O_NONBLOCK": b"%d" % is_nonblocking(sock)}
    for level, names in OPTIONS.items():
        for name in names:
            with contextlib.suppress(OSError, AttributeError):
                found[name] = sock.getsockopt(level, getattr(socket, name), 16)
    return found


def changed_settings(sock: socket.socket, before: dict[str, bytes]) -> list[str]:
    """The names of those that are not as they were `before`, when shared_settings() told of them."""
    return [name for name, value in shared_settings(sock).items() if value != before[name]]


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


def mode_of(sock: socket.socket) -> str:
    """The timeout of a socket and its O_NONBLOCK, which Python need not know of, as a report shows them."""
    if sock.fileno() == -1:
        return "closed"
    return f"timeout {sock.gettimeout()}, {'' if is_nonblocking(sock) else 'no '}O_NONBLOCK"


def readiness(sock: Any, events: int) -> int:
    """What poll(2) says just now of a socket, or whatever else has a descriptor or is one."""
    poll = _poll()
    poll.register(sock, events | OURS)
    found = poll.poll(0)
    return found[0][1] & ~OURS if found else 0


def is_readable(sock: Any) -> bool:
    """Whether a read, or accept(), would not wait: there are bytes, the end, an error or a connection."""
    return bool(readiness(sock, select.POLLIN))


def is_writable(sock: Any) -> bool:
    """Whether a send would not wait: there is room, or an error."""
    return bool(readiness(sock, select.POLLOUT))


def over(sock: socket.socket | int) -> bool:
    """Whether everything that has come was read, and the stream has ended, or the connection is broken."""
    return is_readable(sock) and not unread(sock)


def unacknowledged(sock: socket.socket | int) -> int:
    """Bytes in the send queue that the peer's kernel has not acknowledged: SIOCOUTQ (tcp(7)); Linux only."""
    size = array.array("i", [0])
    fcntl.ioctl(sock if isinstance(sock, int) else sock.fileno(), termios.TIOCOUTQ, size)
    return size[0]


def has_fin(sock: socket.socket) -> bool:
    """Whether the peer's FIN has arrived at this socket."""
    if sys.platform == "linux":
        return bool(readiness(sock, select.POLLRDHUP))
    found = readiness(sock, select.POLLIN)
    return bool(found & select.POLLHUP) or (bool(found) and unread(sock) == 0)


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


def interest(epoll: Any) -> dict[int, int]:
    """What an epoll object watches: descriptor to event mask, from /proc/self/fdinfo (proc(5)); Linux only."""
    watched: dict[int, int] = {}
    for line in Path(f"/proc/self/fdinfo/{epoll.fileno()}").read_text().splitlines():
        if line.startswith("tfd:"):
            _, fd, _, events = line.split()[:4]
            watched[int(fd)] = int(events, 16)
    return watched


def descriptors() -> int:
    """How many are open in this process: the suite's, and those of the code under test."""
    return len(os.listdir("/dev/fd"))


def lowest_free_descriptor() -> int:
    """The number that the next descriptor gets: the same as before, if nothing was left open meanwhile."""
    free = os.dup(0)
    os.close(free)
    return free


def room_for_descriptors(number: int) -> None:
    """Let this test's process open so many descriptors; skip the test where the system refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
        except (ValueError, OSError):
            pytest.skip(f"a process may open {soft} descriptors here, and this behaviour takes {number}")


def on_its_way(connecting: bool = True) -> bool:
    """Whether something was sent, a FIN too, that the kernel at the other end has not acknowledged yet.

    It is looked for on every TCP connection that has an end in this process, also if the
    sender is closed by now. What was sent a second time has been refused for want of
    room, and does not count, nor does what the window holds back. Without `connecting`
    a connection that is being made does not count either. The answer is no where nobody
    tells: not on Linux, or no descriptor is left to ask with.
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
        counts = connecting or TCP_STATES[int(state, 16)] != "SYN_SENT"
        if counts and timer.startswith(RETRANSMIT) and not int(again, 16):
            sending.add((here, there))
    return not ends.isdisjoint(sending)
