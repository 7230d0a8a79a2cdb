"""What the kernel saw of a test, by the record of strace(1), beside what the tape says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from dojo.tape.call import Call
from dojo.tape.interception import READ, WRITE

WAITS = ("poll", "ppoll")
# Which system calls may stand behind each call of Python, beside waits for the descriptor in timeout mode.
KERNEL = {
    **dict.fromkeys(READ, ("recvfrom", "recvmsg")),
    **dict.fromkeys(WRITE, ("sendto", "sendmsg")),
    **{f"os.{name}": (name,) for name in ("read", "write", "readv", "writev", "sendfile", "splice", "close")},
    "os.readinto": ("read",),
    "os.pread": ("pread64",),
    "os.pwrite": ("pwrite64",),
    "os.preadv": ("preadv2", "preadv"),
    "os.pwritev": ("pwritev2", "pwritev"),
    "os.eventfd_read": ("read",),
    "os.eventfd_write": ("write",),
    "os.closerange": ("close_range", "close"),
    "os.dup2": ("dup2", "dup3"),
    **dict.fromkeys(("dup", "os.dup", "os.get_blocking", "os.get_inheritable", "fcntl.fcntl"), ("fcntl",)),
    **dict.fromkeys(("os.set_blocking", "os.set_inheritable", "fcntl.ioctl"), ("ioctl", "fcntl")),
    "accept": ("accept4", "accept"),
    "connect": ("connect", "getsockopt"),
    "connect_ex": ("connect", "getsockopt"),
    "select": ("pselect6", "select"),
    "poll": ("poll", "ppoll", "epoll_wait", "epoll_pwait"),
    "register": ("epoll_ctl",),
    "modify": ("epoll_ctl",),
    "unregister": ("epoll_ctl",),
    "epoll": ("epoll_create1",),
    "sleep": ("clock_nanosleep", "pselect6", "select"),
    "socket": ("socket", "ioctl"),  # a default timeout makes it non-blocking
    **{name: (name,) for name in ("socketpair", "bind", "listen", "shutdown", "close")},
    **{name: (name,) for name in ("setsockopt", "getsockopt", "getsockname", "getpeername")},
}
TRACED = {name for names in KERNEL.values() for name in names}
# What a process does for itself, too: these count where they reach a socket.
ON_SOCKETS = {
    "read", "write", "close", "readv", "writev", "pread64", "pwrite64", "preadv", "preadv2", "pwritev", "pwritev2",
    "sendfile", "splice", "close_range", "dup2", "dup3", "fcntl", "ioctl",
}  # fmt: skip
EVERYWHERE = TRACED - ON_SOCKETS - {"clock_nanosleep"}
# signal.set_wakeup_fd() looks at the mode of its descriptor, and the handler writes a byte, in whatever call it comes.
WAKEUP = re.compile(r'\d+, F_GETFL|\d+, "[^"]{1,4}", 1')
OPENED = re.compile(r"(?<=\d)<([^<>]*)>")  # what a descriptor leads to, behind its number (strace -y)
LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(?: (E\w+))?")
HALF = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>$")
REST = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
SETS = re.compile(r"\d+" + 3 * r", (?:\[([\d ]*)\]|NULL)")  # of select(2): each descriptor that is asked about
POLLED = re.compile(r"(?:\[.*\]|NULL), (\d+), ")  # by poll(2): so many
OURS = ("POLLRDBAND", "POLLRDNORM", "POLLWRNORM")  # looks of the engine


@dataclass
class Seen:
    """One system call as the tracer saw it."""

    name: str
    args: str
    result: int
    error: str
    on_socket: bool  # whether a descriptor among the arguments is a socket's

    @property
    def counts(self) -> bool:
        """Whether it has to be on the tape."""
        if self.name in ("fcntl", "write") and WAKEUP.fullmatch(self.args):
            return False
        return self.name in EVERYWHERE or (self.name in ON_SOCKETS and self.on_socket)

    @property
    def fd(self) -> int:
        """The first argument, where it is a descriptor."""
        found = re.match(r"(\d+)", self.args)
        return int(found[1]) if found else -1


@dataclass
class Trace:
    """What a thread asked of the kernel: per call on the tape, and outside of any."""

    within: dict[int, list[Seen]] = field(default_factory=dict)
    outside: list[Seen] = field(default_factory=list)


def parse(path: Path) -> dict[int, Trace]:
    """The trace by threads, cut at the marks that the tape leaves."""
    threads: dict[int, Trace] = {}
    stacks: dict[int, list[int]] = {}
    halves: dict[str, str] = {}
    for text in path.read_text(errors="replace").splitlines():
        if half := HALF.match(text):
            halves[half[1]] = half[2]
            continue
        if rest := REST.match(text):
            text = f"{rest[1]} {halves.pop(rest[1], '')}{rest[2]}"
        found = LINE.match(text)
        if not found:
            continue
        thread, name, args, result, error = found.groups()
        trace = threads.setdefault(int(thread), Trace())
        stack = stacks.setdefault(int(thread), [])
        if name == "write" and (mark := re.match(r'-1, "(\w+) ?(\d*)"', args)):
            if mark[1] == "begin":
                stack.append(int(mark[2]))
                trace.within[int(mark[2])] = []
            elif mark[1] == "off":
                stack.append(-1)
            elif stack:
                stack.pop()
            continue
        on_socket = any(leads.startswith("socket:") for leads in OPENED.findall(args.partition('"')[0]))
        args = OPENED.sub("", args)
        seen = Seen(name, args, int(result) if result != "?" else 0, error or "", on_socket)
        if any(ours in args for ours in OURS) or (stack and stack[-1] == -1):
            continue
        if stack:
            trace.within[stack[-1]].append(seen)
        elif seen.counts:
            trace.outside.append(seen)
    return threads


def differs(call: Call, seen: list[Seen]) -> str:
    """How a call on the tape differs from what the kernel saw; empty if it does not."""
    if call.name.startswith("selector.") or call.name in ("setblocking", "settimeout"):
        return ""  # they ask the kernel through other calls, or set a mode alone
    if call.name == "poll" and not call.target:
        return ""  # a poll object is made without the kernel
    if call.name == "close" and call.fd < 0:
        return ""  # it was closed already
    if call.name in ("register", "modify", "unregister", "close", "poll") and call.target == "poll":
        return "" if call.name != "poll" else miscounted(call, seen) if seen else "no poll"
    if call.name == "detach":
        return f"{seen}, and it asks for nothing" if seen else ""
    names = KERNEL[call.name]
    if call.name == "socket" and call.args:
        names = ("getsockname", "getsockopt")  # an object is made of a number
    chosen = [one for one in seen if one.name in names]
    waits = [one for one in seen if one.name in WAITS and one.name not in names]
    if len(chosen) + len(waits) != len([one for one in seen if one.counts or one.name in names]):
        return "other calls between"
    if not chosen:
        if call.name in READ and call.copied == 0 and call.args.startswith("0"):
            return ""  # nothing was asked for, and Python does not trouble the kernel with that
        if call.error == "TimeoutError" and call.ready is False:
            return ""  # the suite let its time pass: nothing was there, and only the engine's own look asked for it
        if call.error in ("KeyboardInterrupt", "MemoryError", "OverflowError"):
            return ""  # a signal's handler raised it before the kernel was asked; or Python had no room for the answer
        in_time = call.error in ("TimeoutError", "ValueError", "TypeError", "OverflowError")
        return "" if (waits and in_time) or call.error in ("EBADF", "ValueError", "TypeError") else "no system call"
    if call.fd >= 0 and call.name not in ("socket", "select", "epoll", "sleep", "socketpair"):
        numbers = {one.fd for one in chosen}
        if call.name == "os.splice":
            numbers = {call.fd for one in chosen if str(call.fd) in one.args.split(", ")[0:3:2]}  # the one or the other
        # Another thread may close a socket when the call is on the tape already: Python then says -1 to the kernel.
        closed = "closed" in call.target or (numbers == {-1} and call.error == "EBADF")
        if numbers != {call.fd} and not closed:
            return f"on {numbers}, not on {call.fd}"
    last = chosen[-1]
    if call.name == "select" and (wrong := miscounted(call, chosen)):
        return wrong
    if call.forged:
        return "" if last.error in ("", "ECONNRESET") else f"{last.error}, and the suite put something in its place"
    if call.copied >= 0 and call.name in READ + WRITE:
        total = sum(one.result for one in chosen if one.result > 0)
        return "" if total == call.copied else f"{total} bytes, not {call.copied}"
    if call.error and call.error.startswith("E") and call.name not in ("connect", "connect_ex"):
        return "" if last.error == call.error else f"{last.error or last.result}, not {call.error}"
    if not call.error and last.error and call.name not in ("connect", "connect_ex"):
        return f"{last.error}, and the tape says it went well"
    return ""


def miscounted(call: Call, seen: list[Seen]) -> str:
    """How many descriptors the kernel was handed in a wait, if the tape says another number."""
    if sets := SETS.match(seen[-1].args):
        handed = sum(len((one or "").split()) for one in sets.groups())
    elif polled := POLLED.match(seen[-1].args):
        handed = int(polled[1])
    else:
        return f"it is not to be read how many descriptors were handed over: {seen[-1].args}"
    return "" if handed == call.handed else f"{handed} descriptors, not {call.handed}"
