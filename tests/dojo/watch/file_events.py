"""Tell which files change: one line of JSON on standard output for each, until standard input ends.

A process of its own, because the library that it uses runs threads, and the
process that forks for each test must have none.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

POLL_EVERY = 0.2  # seconds between two looks where nobody tells
# File systems whose changes, made on another machine or outside a container, the kernel here does not hear of.
SILENT = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "virtiofs", "prl_fs", "fakeowner", "ceph",
    "glusterfs", "afs", "lustre", "osxfs", "grpcfuse", "vmhgfs",
)  # fmt: skip


class Teller(FileSystemEventHandler):
    """Prints the path of whatever may have new content."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called in the library's thread; the end of a rename is what counts."""
        if event.is_directory or event.event_type in ("opened", "closed_no_write"):
            return
        for path in {event.src_path, event.dest_path} - {""}:
            if os.fsdecode(path).endswith(".py"):
                tell({"path": os.fsdecode(path), "kind": event.event_type})


def tell(what: dict[str, str]) -> None:
    """Print one line at once; when nobody listens any more, end."""
    try:
        os.write(1, json.dumps(what).encode() + b"\n")
    except BrokenPipeError:
        os._exit(0)


def reason_to_poll(directory: Path) -> str:
    """Why changes in a directory have to be looked for; empty where the kernel tells."""
    if os.environ.get("POLL"):
        return "POLL is set"
    mounts = Path("/proc/self/mountinfo")
    kind, longest = "", -1
    if mounts.exists():  # elsewhere than on Linux the library has its own ways
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            mine, _, its = line.partition(" - ")
            point = mine.split()[4].replace("\\040", " ")
            if len(point) > longest and directory.resolve().is_relative_to(point):
                kind, longest = its.split()[0], len(point)
    return f"the file system {kind} does not tell of changes" if kind in SILENT or kind.startswith("fuse.") else ""


def watch(directories: list[Path]) -> BaseObserver:
    """Start to watch, by events or, where there are none, by looking; say which."""
    reason = next((found for directory in directories if (found := reason_to_poll(directory))), "")
    observer: BaseObserver = PollingObserver(timeout=POLL_EVERY) if reason else Observer()
    try:
        _start(observer, directories)
    except OSError as error:  # no more inotify instances or watches, or none at all
        reason = f"the system has no change events to give ({error.strerror})"
        observer = PollingObserver(timeout=POLL_EVERY)
        _start(observer, directories)
    tell({"polling": reason})
    return observer


def _start(observer: BaseObserver, directories: list[Path]) -> None:
    for directory in directories:
        observer.schedule(Teller(), str(directory), recursive=False)
    observer.start()


if __name__ == "__main__":
    watching = watch([Path(argument) for argument in sys.argv[1:]])
    try:
        sys.stdin.read()
    except KeyboardInterrupt:
        pass
    os._exit(0)  # its threads have nothing to put in order
