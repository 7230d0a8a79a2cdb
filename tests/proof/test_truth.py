"""The tape is true: what it says the solutions did is what the kernel saw (strace(1))."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core.places import ROOT, Kata, all_katas
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call
from proof import ways
from proof.kernel import TRACED, Trace, differs, parse
from proof.tools import tool
from proof.ways import READS, STEPS, UNSEEN, WRITES, Way, each

WRONG_EACH = 43  # every so many wrong answers one is traced: some twenty in all


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Remote, Path]]:
    """A process that judges under a tracer, and the tracer's record."""
    if sys.platform != "linux":
        pytest.skip("only Linux has strace: the tape was not compared with the kernel")
    strace = tool("strace", "the tape was not compared with the kernel")
    if subprocess.run([strace, "-qq", "true"], capture_output=True).returncode:
        pytest.skip("ptrace is refused here: the tape was not compared with the kernel")
    record = tmp_path_factory.mktemp("strace") / "record"
    names = ",".join(f"?{name}" for name in sorted(TRACED))
    # With a filter in the kernel (strace 5.3) only these calls stop; without, every call does.
    tracer = ["strace", "-f", "--seccomp-bpf", "-qq"]
    if subprocess.run([*tracer, "true"], capture_output=True).returncode:
        tracer.remove("--seccomp-bpf")
    remote = Remote(
        [*tracer, "-y", "-s", "48", "-e", "signal=none", "-e", f"trace={names}", "-o", str(record)],
        DOJO_TRACE="1",
        DOJO_TAPES="1",
    )
    yield remote, record
    remote.close()


WRONG = [(kata, path) for kata in all_katas() for path in kata.kept("mistakes")][::WRONG_EACH]


@pytest.mark.parametrize("kata", all_katas(), ids=lambda kata: kata.id)
def test_the_tape_says_what_the_kernel_saw(kata: Kata, traced: tuple[Remote, Path]) -> None:
    assert compare(kata, ROOT / "solutions" / kata.path, traced, "passed"), "nothing was compared"


@pytest.mark.parametrize(("kata", "path"), WRONG, ids=[f"{kata.id}-{path.stem}" for kata, path in WRONG])
def test_the_tape_of_a_wrong_answer_is_as_true(kata: Kata, path: Path, traced: tuple[Remote, Path]) -> None:
    compare(kata, path, traced, "")


def compare(kata: Kata, module: Path, traced: tuple[Remote, Path], wanted: str) -> int:
    """Hold the tape of each test against the trace; how many calls were compared."""
    remote, record = traced
    compared = 0
    names = itertools.groupby(remote.suite(kata.suite), key=lambda test: test["name"])
    for number, cases in enumerate([list(cases) for _, cases in names]):
        test = cases[number % len(cases)]  # now this kind of selector, now that one: a tracer takes its time
        if not wanted and test["swept"]:  # its reset is on the tape as the peer's calls, which the peer never made
            continue
        start = record.stat().st_size
        # What hangs is stopped in the middle of a call, and would hang for a minute: it has less time.
        verdict = remote.judge(test["nodeid"], module, 60 if wanted else 2)
        if wanted:
            assert verdict.kind.word == wanted, verdict
        elif verdict.kind is Kind.HUNG:
            break  # as would the other tests, for two seconds each: `make test` leaves them out as well
        elif verdict.kind in (Kind.DIED, Kind.COULD_NOT_START):
            continue  # the tape ends where the process was ended, and so does the trace
        compared += compare_one(verdict, record, start)
    return compared


def compare_one(verdict: Verdict, record: Path, start: int) -> int:
    """Hold the tape of one test against what the record has from `start` on; how many calls were compared."""
    part = record.with_suffix(".part")
    with record.open("rb") as file:
        file.seek(start)
        part.write_bytes(file.read())
    threads = parse(part)
    compared = 0
    for call in verdict.tape:
        trace = threads.get(call.thread, Trace())
        if call.ended is None or call.number not in trace.within:
            assert call.ended is None, f"{verdict.name}: {call.text} is not in the trace"
            continue
        wrong = differs(call, trace.within[call.number])
        assert not wrong, f"{verdict.name}: {call.text}: {wrong}\n{call}\n{trace.within[call.number]}"
        compared += 1
    ours = {call.thread for call in verdict.tape}
    missed = [seen for thread in ours for seen in threads[thread].outside] if ours else []
    assert not missed, f"{verdict.name}: the kernel saw what the tape has not: {missed}"
    return compared


def judged(test: str, answer: str, traced: tuple[Remote, Path], directory: Path) -> list[Call]:
    """The learner's calls of an answer that is right, after they were held against the trace."""
    remote, record = traced
    file = directory / "answer.py"
    file.write_text(answer)
    start = record.stat().st_size if record.exists() else 0
    verdict = remote.judge(test, file, 60)
    assert verdict.kind is Kind.PASSED, verdict
    assert compare_one(verdict, record, start)
    calls = [call for call in verdict.tape if call.who == "you"]
    assert all(call.line for call in calls if "asyncio" not in answer), calls
    return calls


@each(READS)
def test_a_read_is_on_the_tape_by_whatever_way(way: Way, traced: tuple[Remote, Path], tmp_path: Path) -> None:
    calls = [call for call in judged(ways.PIECES, ways.receives(way), traced, tmp_path) if call.name in way.calls]
    took = [call for call in calls if call.copied > 0]
    assert sum(call.copied for call in took) == ways.PIECES_BYTES
    assert {(call.target or call.args.partition(",")[0]).partition(" (")[0] for call in calls} == {"sock"}
    # Each piece was waited for, in this call or, where the socket is non-blocking, in the wait before.
    assert all(call.waited for call in took) or way.name == "loop.sock_recv"


@each(WRITES)
def test_a_write_is_on_the_tape_by_whatever_way(way: Way, traced: tuple[Remote, Path], tmp_path: Path) -> None:
    calls = [call for call in judged(ways.ASLEEP, ways.sends(way), traced, tmp_path) if call.name in way.calls]
    assert sum(call.copied for call in calls) == ways.LONG
    assert any(call.waited for call in calls), "nobody read, and no call waited"
    assert all("sock" in (call.target or call.args) for call in calls)


@each(STEPS)
def test_a_step_is_on_the_tape(way: Way, traced: tuple[Remote, Path], tmp_path: Path) -> None:
    calls = judged(ways.AT_ONCE, ways.steps(way), traced, tmp_path)
    texts = [re.sub(r"\b\d+\b", "N", call.text) for call in calls]
    assert texts[: len(way.calls)] == list(way.calls)


@each(UNSEEN[:1])
def test_what_the_tape_has_not_is_missed(way: Way, traced: tuple[Remote, Path], tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=f"the kernel saw what the tape has not: .*name='{way.calls[0]}'"):
        judged(ways.AT_ONCE, ways.receives(way), traced, tmp_path)
