"""Who could wake a process in which every thread sleeps: what the kernel tells of its surroundings.

Asked of /proc, and of copies of its sockets (pidfd_getfd(2)), in which the kernel answers for the socket itself:
SO_RCVTIMEO, the window, who the peer is. A copy keeps a socket open for as long as it is looked at, so it
is made last, when nothing else is left that could wake the process meanwhile.

- *TCP*: both ends are in /proc/net/tcp, in this process or in nobody's hands (a queue), and all that was sent is
  acknowledged: what ksoftirqd has still to deliver is not. An end that is missing has sent a reset. A sender may
  hold bytes back where the window is shut: down to 0, or what fits would go with the next question for room. The
  reader may have opened it, and ksoftirqd has to say so yet; so all of its threads have to be seen asleep, and
  where they are not to be seen the deadline decides.
- *AF_UNIX and pipes*: what was sent has arrived. The peer's process is the test's own (SO_PEERCRED), there is no
  other, and no descriptor is on its way in a message (fdinfo, scm_fds).
- *Timers*: alarm() and setitimer() are noted when they are called, for the kernel does not show them; and whoever
  could go on after SIGALRM has a handler for it, which the kernel shows. Others are in /proc/PID/timers. All that
  is left, timerfd(2), inotify(7) and the like, has a descriptor of another kind than these.
"""

from __future__ import annotations

import array
import fcntl
import os
import re
import signal
import socket
import struct
import termios
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dojo.core import processes
from dojo.tape.shared_memory import SharedMemory

MOST_DESCRIPTORS = 300
SETTLED = ("01", "05", "08")  # ESTABLISHED, FIN_WAIT2, CLOSE_WAIT: as in /proc/net/tcp, which follows TCP_STATES
SYN_RECV, TIME_WAIT, LISTEN, CLOSE = "03", "06", "0A", 7
HELD_BACK = "04"  # the timer that runs: the window is asked for
MAPPED = "0000000000000000FFFF0000"  # how an IPv4 address begins in the table of IPv6
LOOPBACK = re.compile("[0-9A-F]{6}7F|0{24}01000000")
UNACKED, SEND_WINDOW, INFO_SIZE = 24, 228, 232  # in TCP_INFO: linux/tcp.h
NO_TIME = struct.pack("ll", 0, 0)
PEER_ADDRESS = struct.Struct("iII")  # SO_PEERCRED: process, user, group


class Waker(Exception):
    """Something may wake the process, at any time from now on."""


@dataclass(frozen=True)
class End:
    """One end of a TCP connection, as /proc/net/tcp shows it."""

    local: str
    remote: str
    state: str
    unacknowledged: int
    timer: str
    inode: str


class Wakers:
    """What surrounds the test's process `pid`."""

    def __init__(self, pid: int, waiting: Collection[int], memory: SharedMemory, output: int, stacks: int) -> None:
        """`waiting` are children of this process beside it that do not belong to it.

        `output` is the read end of what it prints to, `stacks` the file that it shares with this process.
        """
        self._pid, self._waiting, self._memory = pid, waiting, memory
        self._output, self._stacks = output, os.fstat(stacks)

    def is_ours(self, fd: int) -> bool:
        """Whether this is one of its sockets or pipes."""
        return self._what(fd).startswith(("socket:[", "pipe:["))

    def _what(self, fd: int) -> str:
        return str(Path(f"/proc/{self._pid}/fd/{fd}").readlink())

    def none(self, pidfd: int) -> bool:
        """Whether nothing can wake it any more; False if something may be under way just now.

        Raises Waker if something may come later, and OSError where that is not to be seen.
        """
        self._look_at_the_process()
        unread = array.array("i", [0])
        fcntl.ioctl(self._output, termios.FIONREAD, unread)
        if unread[0]:  # it may wait for us to make room
            return False
        sockets = self._sockets()
        network = self._network(sockets)
        if network is None:
            return False
        known, held = network
        if held and not _delivered():
            return False
        for inode, fd in sockets.items():
            with _copy(pidfd, fd) as sock:
                self._look_at_a_socket(sock, inode in known)
                if inode in held and not _is_shut(sock):
                    return False
        return True

    def _look_at_the_process(self) -> None:
        here = set(processes.children(os.getpid()))
        if self._pid not in here or here - {self._pid, *self._waiting}:
            raise Waker("an orphan, or nothing is to be seen of children")
        if processes.descendants([self._pid]) or not processes.runs_python(self._pid):
            raise Waker("another process, or another program")
        status = Path(f"/proc/{self._pid}/status").read_text()
        caught = int(re.findall(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[0], 16)
        if self._memory.alarmed or caught & 1 << (signal.SIGALRM - 1):
            raise Waker("an alarm")
        if not re.search(r"^TracerPid:\s*0$", status, re.MULTILINE):
            raise Waker("a tracer")
        timers = Path(f"/proc/{self._pid}/timers")
        if timers.exists() and timers.read_text():
            raise Waker("a timer")

    def _sockets(self) -> dict[str, int]:
        """Its sockets: the inode of each, and a descriptor. Raises Waker if there is a descriptor of an odd kind."""
        found = {}
        names = os.listdir(f"/proc/{self._pid}/fd")
        if len(names) > MOST_DESCRIPTORS:
            raise Waker("too many to look at")
        for name in names:
            what = self._what(int(name))
            if what.startswith("socket:["):
                found[what[8:-1]] = int(name)
                said = Path(f"/proc/{self._pid}/fdinfo/{name}").read_text()
                if re.search(r"^scm_fds:\s*[1-9]", said, re.MULTILINE):
                    raise Waker("a descriptor on its way")
            elif not what.startswith("pipe:[") and what not in (os.devnull, "anon_inode:[eventpoll]"):
                there = os.stat(f"/proc/{self._pid}/fd/{name}")
                if (there.st_dev, there.st_ino) != (self._stacks.st_dev, self._stacks.st_ino):
                    raise Waker(what)
        return found

    def _network(self, sockets: Collection[str]) -> tuple[set[str], set[str]] | None:
        """Its TCP sockets, and those that hold bytes back, their window being shut; None if something is under way."""
        ends = list(_ends(self._pid))
        there = {(end.local, end.remote): end for end in ends}
        mine = [end for end in ends if end.inode in sockets]
        held = set()
        doors = {end.local for end in mine if end.state == LISTEN}
        if not all(LOOPBACK.fullmatch(door.partition(":")[0]) for door in doors):
            raise Waker("a listener that another machine may reach")
        if any(end.state == SYN_RECV and end.local in doors for end in ends):
            return None
        for end in mine:
            if end.state == LISTEN:
                continue
            other = there.get((end.remote, end.local))
            if other is None or {end.state, other.state} - set(SETTLED):
                return None
            if other.inode != "0" and other.inode not in sockets:
                raise Waker("another process has the other end")
            for sender in (end, other):
                if sender.unacknowledged:
                    if sender.timer != HELD_BACK or sender.inode not in sockets:
                        return None
                    held.add(sender.inode)
        return {end.inode for end in mine}, held

    def _look_at_a_socket(self, sock: socket.socket, known: bool) -> None:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            if sock.getsockopt(socket.SOL_SOCKET, option, len(NO_TIME)) != NO_TIME:
                raise Waker("a time limit in the kernel")
        if sock.family == socket.AF_UNIX and sock.type in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
            credentials = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER_ADDRESS.size)
            if PEER_ADDRESS.unpack(credentials)[0] not in (0, self._pid):
                raise Waker("another process has the other end")
        elif sock.family in (socket.AF_INET, socket.AF_INET6) and sock.proto == socket.IPPROTO_TCP:
            if not known and sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != CLOSE:
                raise Waker("a connection that the table does not show")
            if sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT):
                raise Waker("a time limit in the kernel")
        else:
            raise Waker("a socket of another kind")


def _ends(pid: int) -> Iterator[End]:
    """The ends of TCP connections where this process is, and the listeners, but for what is in TIME_WAIT: many."""
    for name in ("tcp", "tcp6"):
        table = Path(f"/proc/{pid}/net/{name}")
        for row in table.read_text().splitlines()[1:] if table.exists() else []:
            _, local, remote, state, rest = row.split(maxsplit=4)
            if state != TIME_WAIT:
                queues, timer, _, _, _, inode, *_ = rest.split()
                waiting = int(queues.partition(":")[0], 16)
                yield End(local.removeprefix(MAPPED), remote.removeprefix(MAPPED), state, waiting, timer[:2], inode)


def _delivered() -> bool:
    """Whether the kernel's threads that deliver what was put off are seen, one a processor, and all asleep."""
    states = []
    if Path("/proc/2/comm").read_text().strip() == "kthreadd":
        for pid in processes.children(2):
            if Path(f"/proc/{pid}/comm").read_text().startswith("ksoftirqd/"):
                states.append(processes.progress(pid)[0])
    return len(states) >= (os.cpu_count() or 1) and set(states) == {"S"}


def _is_shut(sock: socket.socket) -> bool:
    """Whether the peer has left this socket no window at all, and nothing that it has sent is unanswered."""
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, INFO_SIZE)
    return len(info) == INFO_SIZE and not any(struct.unpack_from("I", info, at)[0] for at in (UNACKED, SEND_WINDOW))


@contextmanager
def _copy(pidfd: int, fd: int) -> Iterator[socket.socket]:
    """A socket of another process, as long as the block lasts. Raises OSError where that is refused."""
    with socket.socket(fileno=processes.copy_descriptor(pidfd, fd)) as sock:
        yield sock
