"""System calls by their numbers, as proc(5) shows them of a thread that sleeps in one."""

from __future__ import annotations

import os
from pathlib import Path

# Numbers of system calls that may sleep on their first argument, a descriptor: the kernel's unistd.h.
CALLS = {
    "x86_64": {
        0: "read", 1: "write", 19: "readv", 20: "writev", 40: "sendfile", 42: "connect", 43: "accept", 44: "sendto",
        45: "recvfrom", 46: "sendmsg", 47: "recvmsg", 275: "splice", 288: "accept4", 299: "recvmmsg", 307: "sendmmsg",
    },
    "aarch64": {
        63: "read", 64: "write", 65: "readv", 66: "writev", 71: "sendfile", 76: "splice", 202: "accept", 203: "connect",
        206: "sendto", 207: "recvfrom", 211: "sendmsg", 212: "recvmsg", 242: "accept4", 243: "recvmmsg",
        269: "sendmmsg",
    },
}  # fmt: skip


def sleeping_on(pid: int, thread: int) -> tuple[str, int]:
    """The system call in which a thread sleeps, and the descriptor of its socket; ("", -1) if that is not seen.

    From /proc/pid/task/tid/syscall (proc(5)), and only of calls that read, write, accept or connect.
    """
    task = Path(f"/proc/{pid}/task/{thread}")
    try:
        number, first, *_ = task.joinpath("syscall").read_text().split()
        name, fd = CALLS.get(os.uname().machine, {}).get(int(number), ""), int(first, 16)
        on_socket = name and str(task.joinpath(f"fd/{fd}").readlink()).startswith("socket:")
    except (OSError, ValueError):  # it runs, or has ended, or the system does not tell
        return "", -1
    return (name, fd) if on_socket else ("", -1)
