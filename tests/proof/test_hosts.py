"""`make judge HOSTS=`: other hosts judge as this machine does, over ssh, and one that is lost loses nothing."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dojo.core import processes
from dojo.core.environment import environment
from dojo.core.places import PROOF, ROOT, BadInput, choose
from dojo.core.start import command
from dojo.team import bundle, on_host
from dojo.team import hosts as named
from dojo.team.hosts import Fleet, Host
from dojo.team.judging import Job
from dojo.team.results import Told, Where
from proof.courses import FIRST, HANGS, SECOND, WRONG, hand_in, refused, solution, trained
from proof.ssh_hosts import Hosts, Started, hosts
from proof.test_judge import journal, rows

__all__ = ["hosts"]  # a fixture
HERE = ("host", "python")
SLOW = "def accept_pending(listener):\n    listener.settimeout(3600)\n    return [listener.accept()]\n"
KILLS = PROOF / "hostile" / "kills_who_judges.py"


def course(place: Path, right: int) -> Path:
    """Sides with so many right answers, a wrong one, and one that takes its time until it is stopped."""
    for number in range(right):
        hand_in(place, f"team {number:02}", solution().read_bytes() + b"# %d\n" % number)
    hand_in(place, "wrong", WRONG)
    hand_in(place, "slow", SLOW)
    return place


def without_where(place: Path) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name not in HERE} for row in rows(place).values()]


def test_hosts_judge_as_this_machine_does_and_each_row_tells_where(hosts: Started, tmp_path: Path) -> None:
    place = course(tmp_path / "teams", 4)
    for team, text in {"hangs": HANGS, "kills": KILLS, "broken": "def f(:", "stub": choose("2.1")[0].stub}.items():
        hand_in(place, team, text)
    (place / "nobody").mkdir()
    reached = hosts("a b")
    ran = trained("judge", place, **reached.environment())
    assert ran.returncode == 0, ran.stderr
    there = without_where(place)
    where = {(row["host"], row["python"], row["suites"]) for row in rows(place).values() if row["host"]}
    assert {host for host, _, _ in where} <= {"a", "b"}
    assert {python for _, python, _ in where} == {".".join(map(str, sys.version_info[:3]))}
    Path(f"{place}-out").rename(f"{place}-there")
    assert trained("judge", place).returncode == 0
    assert there == without_where(place), "the same verdicts, by the same suites"
    assert reached.left() == [], "nothing is left on a host"


@pytest.mark.parametrize("how", ["its connections end", "its engine is killed", "all is killed", "it stands still"])
def test_a_host_that_is_lost_in_the_middle_loses_nothing(how: str, hosts: Started, tmp_path: Path) -> None:
    place = course(tmp_path / "teams", 14)
    reached = hosts("a b")
    with judging(place, reached) as running:
        until_told_by(place, "a", running)
        engines, all_of_it = reached.engines("a"), reached.pids("a")
        assert engines and set(engines) < set(all_of_it)
        if how == "its connections end":
            reached.signal([pid for pid in all_of_it if b"sshd" in command_of(pid)], signal.SIGKILL)
        elif how == "its engine is killed":
            reached.signal(engines[:1], signal.SIGKILL)
        elif how == "all is killed":
            reached.signal(all_of_it[::-1], signal.SIGKILL)
        else:
            reached.signal(engines, signal.SIGSTOP)
        said = running.communicate(timeout=200)[1]
        reached.signal(engines, signal.SIGKILL if how == "it stands still" else signal.SIGCONT)
    assert running.returncode == 0, said
    told = [line for line in said.splitlines() if not line.startswith("judged ")]
    if how == "it stands still":
        assert told == []
    else:
        [line] = told
        assert line.startswith("a cannot be used: ") and line.endswith("; its answers go to the others")
    keys = [line["key"] for line in journal(place)]
    assert len(keys) == len(set(keys)) == 16, "each answer was judged, and none is told twice"
    marks = {team: row["mark"] for (team, _), row in rows(place).items()}
    assert {team for team, mark in marks.items() if mark != "green"} == {"wrong", "slow"}
    assert (marks["wrong"], marks["slow"]) == ("red", "hung")
    if how in ("its connections end", "its engine is killed"):
        for pid in engines:
            processes.wait_for_end(pid, 60_000)
        assert not [pid for pid in engines if b"dojo.team.hosted" in command_of(pid)], "its engine has ended as well"


class judging:
    """`make judge` on hosts, in the background; it is ended at the end."""

    def __init__(self, place: Path, reached: Hosts) -> None:
        asked = {"SIDES": str(place), "OUT": f"{place}-out", "K": "2.1", "ROOT": "yes"} | reached.environment()
        self.running = subprocess.Popen(
            command("dojo", "judge"), cwd=ROOT, env=environment() | asked, stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def __enter__(self) -> subprocess.Popen[str]:
        return self.running

    def __exit__(self, *error: object) -> None:
        self.running.kill()
        self.running.communicate()


def until_told_by(place: Path, host: str, running: subprocess.Popen[str]) -> None:
    """Wait until a host has told something."""
    kept = Path(f"{place}-out/judged.jsonl")
    while not kept.exists() or f'"host": "{host}"' not in kept.read_text():
        assert running.poll() is None, running.communicate()[1]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_a_course_that_is_stopped_leaves_nothing_on_its_hosts(
    how: signal.Signals, hosts: Started, tmp_path: Path
) -> None:
    place = course(tmp_path / "teams", 8)
    reached = hosts("a")
    with judging(place, reached) as running:
        until_told_by(place, "a", running)
        there = reached.pids("a")
        assert reached.engines("a") and reached.left()
        running.send_signal(how)
        said = running.communicate(timeout=200)[1]
    for pid in there:
        processes.wait_for_end(pid, 60_000)
    assert reached.left() == []
    if how is not signal.SIGKILL:
        assert running.returncode == 130
        assert said.endswith("what was judged is kept: the same command goes on from there\nstopped\n")


def test_when_no_host_is_left_the_same_command_goes_on_from_there(hosts: Started, tmp_path: Path) -> None:
    place = course(tmp_path / "teams", 8)
    reached = hosts("a")
    with judging(place, reached) as running:
        until_told_by(place, "a", running)
        reached.signal(reached.pids("a")[::-1], signal.SIGKILL)
        said = running.communicate(timeout=200)[1]
    assert running.returncode == 2
    assert "a cannot be used: " in said.splitlines()[-1]
    assert said.endswith(
        "; no host of HOSTS= is left; what was judged is kept, and the same command goes on from there\n"
    )
    done = len(journal(place))
    again = trained("judge", place, K="2.1", **reached.environment())
    assert again.returncode == 0, again.stderr
    assert f"of {10 - done} different answers" in again.stderr
    assert len(journal(place)) == 10


def test_hosts_that_cannot_be_reached_are_a_line_each(hosts: Started, tmp_path: Path) -> None:
    place = course(tmp_path / "teams", 1)
    reached = hosts("a closed")
    reached.stop_listening("closed")
    words = f"closed no.such.host.invalid a//python=/nowhere/python3 {reached.words.split()[0]}"
    assert len(named.find(words)) == 4
    ran = trained("judge", place, K="2.1", **reached.environment(words))
    assert ran.returncode == 0, ran.stderr
    lines = [line for line in ran.stderr.splitlines() if not line.startswith("judged ")]
    assert len(lines) == 3, ran.stderr
    for name, line, why in zip(
        ("closed", "no.such.host.invalid", "a"),
        lines,
        ("Connection refused", "no.such.host.invalid", "/nowhere/python3"),
        strict=True,
    ):
        assert line.startswith(f"{name} cannot be used: ") and why in line
    Path(f"{place}-out").rename(f"{place}-before")
    refused(trained("judge", place, K="2.1", **reached.environment("closed")), "closed cannot be used: ")


def test_no_host_is_reached_where_nothing_is_to_be_judged(hosts: Started, tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", choose("2.1")[0].stub)
    reached = hosts("a")
    ran = trained("judge", place, K="2.1", **reached.environment())
    assert (ran.returncode, ran.stderr) == (0, "")
    assert reached.pids("a") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-oProxyCommand=true", "-oProxyCommand=true is no host: write names as ssh takes them"),
        ("a;reboot", "a;reboot is no host"),
        ("a $(x)", "$(x) is no host"),
        ("a//python=python3;x", "is no host"),
        ("a//ssh_config=x", "is no host"),
        ("a\x1b[31m", "a\\x1b[31m is no host"),
        (",", "names 0 hosts"),
        (" ".join(f"h{number}" for number in range(65)), "names 65 hosts: it takes 1 to 64"),
    ],
)
def test_hosts_that_are_none_are_one_line(words: str, said: str, tmp_path: Path) -> None:
    hand_in(tmp_path / "teams", "red", solution())
    refused(trained("judge", tmp_path / "teams", K="2.1", HOSTS=words), said)


class Spoken:
    """A channel whose other end is a test."""

    def __init__(self, *received: Any) -> None:
        self.received, self.sent = [*received], list[str]()

    def receive(self) -> Any:
        return self.received.pop(0)

    def send(self, line: str) -> None:
        self.sent.append(line)


def test_a_host_says_why_it_will_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Spoken((b"", True), (b"", False))
    with monkeypatch.context() as patch:
        patch.setattr(on_host, "OLDEST", (99, 0))
        on_host.serve(channel)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    on_host.serve(channel)
    old, root = (json.loads(line)["refused"] for line in channel.sent)
    assert "3.10 or newer is needed" in old
    assert "its user is root" in root


def test_nothing_but_what_judges_is_sent() -> None:
    with tarfile.open(fileobj=io.BytesIO(bundle.made(choose("2.1 2.2")))) as archive:
        names = archive.getnames()
    assert {name.partition("/")[0] for name in names} == {"packages", "tests", "katas", "pyproject.toml", bundle.SENT}
    assert [name for name in names if name.startswith("katas/")] == [f"katas/{kata}" for kata in (FIRST, SECOND)]
    assert not [name for name in names if "/mistakes/" in name or "/alternatives/" in name or "__pycache__" in name]
    assert "packages/pytest/__init__.py" in names
    assert not [name for name in names if name.endswith(".so")], "what is compiled would not run elsewhere"
    assert not (ROOT / bundle.SENT).exists(), "a checkout must never look like a bundle, which is removed in the end"


class Asked(Host):
    """A host that does as it is told by a test."""

    def __init__(self, name: str, cores: int = 2) -> None:
        super().__init__(name, "")
        self.cores, self.is_idle = cores, True
        self.where, self.channel = Where(name, "3", {}), Spoken()
        self.asked: list[list[str]] = []

    def ask(self, jobs: Sequence[Job], workers: int, number: int) -> None:
        super().ask(jobs, workers, number)
        self.asked.append([job.key for job in jobs])


def fleet(*hosts: Asked) -> Fleet:
    made = Fleet(hosts, [], True)
    made._group = "is there"
    return made


def tell(fleet: Fleet, host: Host, **message: Any) -> None:
    fleet._told.put((host, message or None))


def jobs(number: int) -> list[Job]:
    return [Job(str(one), choose("2.1")[0], b"", [None]) for one in range(number)]  # type: ignore[list-item]


def told_by(fleet: Fleet, host: Asked, *keys: str, number: int = 1) -> None:
    for key in keys:
        tell(fleet, host, round=number, key=key, tests=[vars(Told("test_a", "passed"))])


Done = list[tuple[str, str]]


def begun(fleet: Fleet, work: list[Job], workers: int = 0) -> tuple[Iterator[int], Done]:
    done: Done = []
    going = fleet.judge(work, lambda job, tests, where: done.append((job.key, where.host if where else "")), workers)
    return going, done


def test_batches_are_large_at_first_and_no_answer_is_given_twice_while_there_are_others() -> None:
    a, b = Asked("a"), Asked("b", 4)
    made = fleet(a, b)
    going, done = begun(made, jobs(24))
    told_by(made, a, "0")
    assert next(going) == 1
    assert [len(host.asked[0]) for host in (a, b)] == [4, 6], "by their cores, half of what is there"
    told_by(made, a, "1", "2", "3")
    tell(made, a, ready=True)
    told_by(made, b, *b.asked[0])
    assert [next(going) for _ in range(9)][-1] == 10
    given = [key for host in (a, b) for batch in host.asked for key in batch]
    assert len(a.asked) == 2 and len(given) == len(set(given))
    assert len(done) == 10


def test_what_a_lost_host_had_in_hand_goes_to_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    a, b = Asked("a"), Asked("b")
    made = fleet(a, b)
    going, done = begun(made, jobs(4))
    told_by(made, a, "0")
    next(going)
    assert (a.asked, b.asked) == ([["0", "1"]], [["2", "3"]])
    tell(made, a)
    tell(made, a)  # its connection, after it had said that it was ending: it is lost once
    told_by(made, b, "2", "3")
    tell(made, b, ready=True)
    told_by(made, b, "1")
    assert [*going] == [2, 3, 4]
    assert b.asked[1:] == [["1"]]
    assert done == [("0", "a"), ("2", "b"), ("3", "b"), ("1", "b")]
    assert capsys.readouterr().err == "a cannot be used: its connection has ended; its answers go to the others\n"
    tell(made, b)
    with pytest.raises(BadInput, match=r"b cannot be used: .*; no host of HOSTS= is left"):
        next(begun(made, jobs(1))[0])


def test_an_idle_host_takes_over_what_another_one_has_not_told_and_the_first_result_counts() -> None:
    a, b = Asked("a"), Asked("b")
    made = fleet(a, b)
    going, done = begun(made, jobs(4))
    told_by(made, b, "2", "3")
    tell(made, b, ready=True)
    told_by(made, b, "1", "0")
    told_by(made, a, "0", "1")  # nobody reads that any more
    assert [*going] == [1, 2, 3, 4]
    assert b.asked == [["2", "3"], ["1", "0"]]
    assert done == [("2", "b"), ("3", "b"), ("1", "b"), ("0", "b")]


def test_alone_is_one_answer_at_a_time_and_what_comes_late_of_an_earlier_round_is_not_its_result() -> None:
    a, b = Asked("a"), Asked("b")
    made = fleet(a, b)
    going, _ = begun(made, jobs(2))
    told_by(made, a, "0", "1")
    assert [*going] == [1, 2]
    tell(made, a, ready=True)
    told_by(made, b, "0", number=1)  # of the first round
    tell(made, b, ready=True)
    again, done = begun(made, jobs(3), workers=1)
    told_by(made, b, "1", number=2)
    told_by(made, a, "0", number=2)
    tell(made, a, ready=True)
    told_by(made, a, "2", number=2)
    assert [*again] == [1, 2, 3]
    assert sorted(done) == [("0", "a"), ("1", "b"), ("2", "a")]
    assert all(len(batch) == 1 for host in (a, b) for batch in host.asked[1:])
