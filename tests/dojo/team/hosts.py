"""Several hosts that judge for `make judge`: reached with execnet over ssh, each with an engine in a fresh directory.

Answers are handed out in batches, large ones at first. A host that has nothing to do takes over what another one has
not told yet, and the first result counts: so neither a host that dies nor one that stands still holds up the others,
and no clock has to say which it is.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import re
import sys
import tempfile
from collections.abc import Callable, Generator, Sequence
from typing import IO, Any

import execnet

from dojo.core.places import BadInput, Kata
from dojo.core.screen import Screen
from dojo.team import bundle
from dojo.team.judging import Done, Job
from dojo.team.results import Told, Where

# ssh(1): never ask; give up on a host that does not answer, and on one that is gone.
OPTIONS = "-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=6"
NAME = re.compile(r"((?:[\w.-]+@)?\[?[A-Za-z0-9_][\w.:%-]*\]?)(?://python=([\w./~+-]+))?", re.ASCII)
HOSTS_AT_MOST = 64
ENDING_SECONDS = 10.0  # in which an engine ends, with all that it has started


class Host:
    """One host: what it has told of itself, and what it has in hand."""

    def __init__(self, name: str, python: str) -> None:
        """Nothing is started yet."""
        self.name = name
        self.where = Where("", "", {})
        self.cores = 0  # 0 until it has said hello
        self.in_hand: dict[str, Job] = {}
        self.is_idle = False
        self.channel: Any = None
        self._spec = f"ssh={OPTIONS} {name}//python={python or 'python3'}"
        self._said: IO[bytes] = tempfile.TemporaryFile()  # by ssh, and by what it runs there

    def start(self, group: Any, data: bytes, root_will_do: bool, tell: Callable[[Any], None]) -> None:
        """Reach it and send it what it needs; its messages are told, and at last None. Raises BadInput."""
        from dojo.team import on_host

        errors = os.dup(2)
        try:
            os.dup2(self._said.fileno(), 2)  # what ssh says goes there, as long as it runs
            self.channel = group.makegateway(self._spec).remote_exec(on_host)
            self.channel.setcallback(tell, endmarker=None)
            self.channel.send((data, root_will_do))
        except (execnet.HostNotFound, AssertionError, OSError, EOFError):
            raise BadInput(self.last_words() or "it cannot be reached") from None
        finally:
            os.dup2(errors, 2)
            os.close(errors)

    def last_words(self) -> str:
        """The last line of what was said on its standard error."""
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").splitlines()
        return Screen.plain().spell(next((line.strip() for line in reversed(lines) if line.strip()), ""))

    def ask(self, jobs: Sequence[Job], workers: int, number: int) -> None:
        """Let it judge in round `number`."""
        self.is_idle = False
        self.in_hand |= {job.key: job for job in jobs}
        with contextlib.suppress(OSError):  # its end is told in any case
            batch = {"round": number, "workers": workers, "jobs": [_message(job) for job in jobs]}
            self.channel.send(json.dumps(batch))


def _message(job: Job) -> dict[str, Any]:
    data = base64.b64encode(job.data).decode()
    known = [vars(test) for test in job.given]
    return {"key": job.key, "kata": job.kata.path, "data": data, "tests": known}


def find(words: str) -> list[Host]:
    """The hosts that HOSTS= names. Raises BadInput."""
    found = []
    for word in dict.fromkeys(words.replace(",", " ").split()):
        host = NAME.fullmatch(word)
        if host is None:
            raise BadInput(
                f"HOSTS={words}: {word} is no host: write names as ssh takes them, and for another "
                "Python than its python3 host//python=/path/to/python3.12"
            )
        found.append(Host(host[1], host[2] or ""))
    if not 1 <= len(found) <= HOSTS_AT_MOST:
        raise BadInput(f"HOSTS= names {len(found)} hosts: it takes 1 to {HOSTS_AT_MOST}")
    return found


class Fleet:
    """All hosts; a context that ends what it has started on them."""

    def __init__(self, hosts: Sequence[Host], katas: Sequence[Kata], root_will_do: bool) -> None:
        """Nothing is reached before there is something to judge."""
        self._hosts, self._katas, self._root_will_do = [*hosts], katas, root_will_do
        self._group: Any = None
        self._round = 0
        self._told: queue.SimpleQueue[tuple[Host, Any]] = queue.SimpleQueue()

    def close(self) -> None:
        """End the engines; an answer that is judged there ends with them."""
        if self._group is not None:
            self._group.terminate(ENDING_SECONDS)

    def judge(self, jobs: Sequence[Job], done: Done, workers: int = 0) -> Generator[int, None, None]:
        """Judge all jobs; yields how many tests are decided. Raises BadInput when no host is left.

        `workers` is how many tests run at a time on a host; with 1 it has one job at a time.
        """
        left, waiting, count = {job.key: job for job in jobs}, [*jobs], 0
        self._round += 1
        if left and self._group is None:
            self._start()
        while left:
            for host in self._hosts:
                if host.is_idle and (share := self._share(host, waiting, left, workers)):
                    host.ask(share, workers, self._round)
            host, message = self._told.get()
            if message is None:
                waiting += self._lost(host, "", left)
            elif "refused" in message:
                waiting += self._lost(host, message["refused"], left)
            elif "cores" in message:
                host.where = Where(host.name, message["python"], message["suites"])
                host.cores, host.is_idle = message["cores"], True
            elif "ready" in message:
                host.is_idle, host.in_hand = True, {}
            else:
                host.in_hand.pop(message["key"], None)
                # What comes from an earlier round is what another host has told before.
                job = left.pop(message["key"], None) if message["round"] == self._round else None
                if job is not None:
                    done(job, [Told(**test) for test in message["tests"]], host.where)
                    count += len(job.items)
                    yield count

    def _start(self) -> None:
        self._group = execnet.Group()
        data = bundle.made(self._katas)
        for host in [*self._hosts]:

            def tell(line: str | None, host: Host = host) -> None:
                self._told.put((host, None if line is None else json.loads(line)))

            try:
                host.start(self._group, data, self._root_will_do, tell)
            except BadInput as error:
                self._lost(host, str(error), {})

    def _share(self, host: Host, waiting: list[Job], left: dict[str, Job], workers: int) -> list[Job]:
        """What an idle host is to judge: its part of half of what is left, or what another one has not told yet."""
        cores = sum(other.cores or host.cores for other in self._hosts)
        size = 1 if workers == 1 else max(host.cores, len(waiting) * host.cores // (2 * cores))
        share = waiting[:size]
        del waiting[:size]
        if not share:
            late = [key for other in self._hosts for key in reversed(other.in_hand) if key in left]
            share = [left[key] for key in [*dict.fromkeys(late)][: 1 if workers == 1 else host.cores]]
        return share

    def _lost(self, host: Host, why: str, left: dict[str, Job]) -> list[Job]:
        """Do without a host; returns what it had in hand and nobody else has. Raises BadInput if it was the last."""
        if host not in self._hosts:
            return []
        self._hosts.remove(host)
        why = Screen.plain().spell(why) or host.last_words() or "its connection has ended"
        if not self._hosts:
            what = "no host of HOSTS= is left; what was judged is kept, and the same command goes on from there"
            raise BadInput(f"{host.name} cannot be used: {why}; {what}")
        print(f"{host.name} cannot be used: {why}; its answers go to the others", file=sys.stderr, flush=True)
        others = {key for other in self._hosts for key in other.in_hand}
        return [job for key, job in host.in_hand.items() if key in left and key not in others]
