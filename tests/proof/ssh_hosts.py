"""Hosts that are reached over ssh, for the proof of `make judge HOSTS=`: a real sshd on the loopback, for each a port.

A port is taken here and each connection given to an sshd of its own (sshd(8), -i), so no
port can be somebody's, and the processes of a host are known. Keys are made for one test.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.core import processes
from proof.tools import tool

DAEMON = """\
HostKey {place}/host_key
AuthorizedKeysFile {place}/key.pub
PidFile none
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
PermitRootLogin yes
SetEnv TMPDIR={place}/{name}
LogLevel ERROR
"""
CLIENT = """\
Host {name}
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {place}/key
  IdentitiesOnly yes
  UserKnownHostsFile {place}/known_hosts
  GlobalKnownHostsFile none
  LogLevel ERROR
"""


class Hosts:
    """Hosts by their names, and what to put into the environment of who reaches them."""

    def __init__(self, place: Path, names: str) -> None:
        """Listen for each of them."""
        self.sshd = _found("sshd")
        self.place, self.names = place, names
        self.python = str(Path(sys.executable).resolve())  # without a virtual environment, as on another machine
        self._listeners: dict[str, socket.socket] = {}
        self._children: dict[str, list[subprocess.Popen[bytes]]] = {name: [] for name in names.split()}
        for key in ("key", "host_key"):
            quietly = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / key)]
            subprocess.run(quietly, check=True, stdin=subprocess.DEVNULL)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where it separates its privileges
        public, config, known = (place / "host_key.pub").read_text(), "", ""
        for name in names.split():
            listener = self._listeners[name] = socket.create_server(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            (place / name).mkdir()
            (place / f"{name}.conf").write_text(DAEMON.format(place=place, name=name))
            config += CLIENT.format(name=name, port=port, user=getpass.getuser(), place=place)
            known += f"[127.0.0.1]:{port} {public}"
            threading.Thread(target=self._serve, args=(name, listener), daemon=True).start()
        (place / "config").write_text(config)
        (place / "known_hosts").write_text(known)
        (place / "bin").mkdir()
        ssh = place / "bin" / "ssh"  # ssh takes its settings from the user's own home, whatever HOME says
        ssh.write_text(f'#!/bin/sh\nexec {_found("ssh")} -F {shlex.quote(str(place / "config"))} "$@"\n')
        ssh.chmod(0o755)

    @property
    def words(self) -> str:
        """What HOSTS= takes."""
        return " ".join(f"{name}//python={self.python}" for name in self.names.split())

    def environment(self, words: str = "") -> dict[str, str]:
        """The settings with which these hosts judge."""
        return {"HOSTS": words or self.words, "PATH": f"{self.place / 'bin'}:{os.environ['PATH']}"}

    def _serve(self, name: str, listener: socket.socket) -> None:
        command = [self.sshd, "-i", "-f", str(self.place / f"{name}.conf")]
        with contextlib.suppress(OSError):  # until the listener is closed
            while True:
                connection = listener.accept()[0]
                with connection:
                    child = subprocess.Popen(command, stdin=connection, stdout=connection, start_new_session=True)
                    self._children[name].append(child)

    def stop_listening(self, name: str) -> None:
        """Let nobody reach a host any more."""
        with contextlib.suppress(OSError):
            self._listeners[name].shutdown(socket.SHUT_RDWR)  # wakes who accepts; to close it alone would not
        self._listeners[name].close()

    def pids(self, name: str) -> list[int]:
        """The processes of a host: sshd's, and all that it has started, the nearest first."""
        mine = [child.pid for child in self._children[name]]
        return mine + processes.descendants(mine)

    def engines(self, name: str) -> list[int]:
        """The engine of a host, and what it has forked."""
        return [pid for pid in self.pids(name) if b"dojo.team.hosted" in _command(pid)]

    def signal(self, pids: list[int], number: signal.Signals) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def left(self) -> list[str]:
        """What lies in the directories of temporary files of all hosts."""
        return sorted(path.name for name in self.names.split() for path in (self.place / name).iterdir())

    def close(self) -> None:
        """End what is left of them."""
        for name in self._listeners:
            self.stop_listening(name)
        for name, children in self._children.items():
            self.signal(self.pids(name), signal.SIGKILL)
            for child in children:
                child.wait()


def _found(program: str) -> str:
    """The path of a program of OpenSSH; /usr/sbin is in few people's PATH."""
    path = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    return path or tool(program, "judging on other hosts was not tried")


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


Started = Callable[[str], Hosts]


@pytest.fixture
def hosts(tmp_path_factory: pytest.TempPathFactory) -> object:
    """`hosts("a b")` starts them."""
    if sys.platform != "linux":
        pytest.skip("which processes a host has is known on Linux alone: judging on other hosts was not tried")
    started: list[Hosts] = []

    def start(names: str) -> Hosts:
        started.append(Hosts(tmp_path_factory.mktemp("hosts"), names))
        return started[-1]

    yield start
    for one in started:
        one.close()
