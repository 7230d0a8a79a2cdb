"""What a test leaves behind in its process: descriptors, threads, children, settings."""

from __future__ import annotations

import _socket
import gc
import os
import socket
import threading
from dataclasses import dataclass

from dojo.core import processes
from dojo.sandbox.settings import Settings, changed, settings
from dojo.sandbox.threads import left_running
from dojo.tape.recorder import Recorder

WANTED = "nothing should be left behind"
OPENED = "Whoever opens or starts something also closes or ends it, on every way out."
MAKEFILE = "close() on the socket alone ends nothing: the file has to be closed, too."
CHANGED = "What is not yours alone stays as it was, or is put back on every way out."

_fileno = _socket.socket.fileno


def descriptors() -> set[int]:
    """The numbers of all open descriptors (proc(5), /proc/pid/fd; /dev/fd elsewhere)."""
    # The listing has a descriptor of its own in it, which is closed when it is done.
    return {number for number in map(int, os.listdir(processes.FDS)) if _is_open(number)}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@dataclass
class State:
    """What is compared before and after a test."""

    descriptors: set[int]
    settings: Settings

    @classmethod
    def now(cls) -> State:
        """The state of this process."""
        return cls(descriptors(), settings())


def _files() -> set[int]:
    """The descriptors of sockets that a file object holds open, as makefile() makes them."""
    files = [one for one in gc.get_objects() if type(one) is socket.SocketIO and not one.closed]
    return {_fileno(sock) for one in files if isinstance(sock := vars(one).get("_sock"), socket.socket)}


def left_behind(
    before: State, recorder: Recorder, own_threads: set[threading.Thread], serving: bool, noticed: list[str]
) -> list[tuple[str, int, str]]:
    """Each thing that is not as it was, in words, with the line that made it (0 if unknown), and what holds for it.

    `own_threads` are the suite's, which may go on: they end with the process.
    If one was still `serving` when the test was over, it may hold descriptors.
    `noticed` is what else was found to be changed, in words.
    """
    running = [] if noticed or recorder.garbage else left_running(own_threads)
    if not serving and descriptors() - before.descriptors:
        # What is in a cycle with an exception that was caught was left to the collector, and not kept.
        gc.collect()
    recorder.on = False
    after = State.now()
    found = [(text, 0, CHANGED) for text in noticed]
    for name, line in recorder.garbage:
        found.append((f"{name} was never closed: it was left to the garbage collector", line, OPENED))
    found += [(text, 0, OPENED) for text in running]
    for fd in sorted(after.descriptors - before.descriptors) if not serving else ():
        who, line = recorder.born.get(fd, ("", 0))
        made = fd in _files()
        what = "is open as long as the file that makefile() has made of it" if made else "is still open"
        found.append((f"{recorder.name_of(fd)} {what}", line if who == "you" else 0, MAKEFILE if made else OPENED))
    found += [(f"the child process {pid} is still there", 0, OPENED) for pid in processes.children()]
    closed = [f"fd {fd} was closed, and it was not yours" for fd in sorted(before.descriptors - after.descriptors)]
    return found + [(text, 0, CHANGED) for text in closed + changed(before.settings, after.settings)]
