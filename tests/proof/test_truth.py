"""The tape is true: what it says the solutions did is what the kernel saw (strace(1))."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core.places import ROOT, Kata, all_katas
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind
from proof.kernel import TRACED, Trace, differs, parse
from proof.tools import tool

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
        start = record.stat().st_size
        # What hangs is stopped in the middle of a call, and would hang for a minute: it has less time.
        verdict = remote.judge(test["nodeid"], module, 60 if wanted else 2)
        if wanted:
            assert verdict.kind.word == wanted, verdict
        elif verdict.kind is Kind.HUNG:
            break  # as would the other tests, for two seconds each: `make test` leaves them out as well
        elif verdict.kind in (Kind.DIED, Kind.COULD_NOT_START):
            continue  # the tape ends where the process was ended, and so does the trace
        part = record.with_suffix(".part")
        with record.open("rb") as file:
            file.seek(start)
            part.write_bytes(file.read())
        threads = parse(part)
        calls = verdict.tape
        for call in calls:
            trace = threads.get(call.thread, Trace())
            if call.ended is None or call.number not in trace.within:
                assert call.ended is None, f"{test['name']}: {call.text} is not in the trace"
                continue
            wrong = differs(call, trace.within[call.number])
            assert not wrong, f"{test['name']}: {call.text}: {wrong}\n{call}\n{trace.within[call.number]}"
            compared += 1
        ours = {call.thread for call in calls}
        missed = [seen for thread in ours for seen in threads[thread].outside] if ours else []
        assert not missed, f"{test['name']}: the kernel saw what the tape has not: {missed}"
    return compared
