"""A fault of the engine is told as the engine's, with its traceback, and ends the run with status 3."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.core.environment import environment
from dojo.core.start import command
from dojo.judge.channel import verdict_of
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call, pack, unpack
from dojo.upkeep.copies import learners_copy

ONE = Call(7, "you", 1, "recv", "sock", "4", 3, 12, 5_000, None, None, "b'abc'", "", 3, True, "conn 1")
FULL = Verdict(
    Kind.FAILED, "a", "b", "^", 5, "words", 3, 4, True, True, [["n", "1", "2"]], "given", ["sock"], ["a queue"], 7,
    0.5, 0.25, "out", [ONE], {"recv": 2}, "2.1", "name", "test_x", "module.py", "suite.py",
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the repository whose engine can be broken."""
    copy = tmp_path / "copy"
    learners_copy(copy, without={"3_select", "4_triggers", "5_selectors", "6_asynchronous", "7_servers"})
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


def change(place: Path, file: str, old: str, new: str) -> None:
    """Put a fault into the engine of a copy."""
    path = place / "tests" / "dojo" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make test K=2.1 SIDE=solutions`, or plain pytest with these arguments, in a copy."""
    suite = "tests/2_nonblocking/test_01_accept_would_block.py"
    asked_for = ["pytest", "--side=solutions", *arguments, suite] if arguments else ["dojo", "test"]
    asked = environment() | {"K": "2.1", "SIDE": "solutions"}
    return subprocess.run(command(*asked_for, root=place), cwd=place, env=asked, capture_output=True, text=True)


test_.__test__ = False  # type: ignore[attr-defined]

FAULTS = {
    # The call has a field that shared memory does not know.
    "a field of the call": (
        "tape/call.py",
        '    made: str = ""  #',
        '    colour: str = ""\n    made: str = ""  #',
        "colour",
    ),
    # One field has a value of the wrong type at every call of one kind.
    "a value in the call": ("tape/recorder.py", "call.ended = self.now()", "call.ended = 'now'", "struct.error"),
    # The test's process comes to a verdict of no kind.
    "a verdict of no kind": (
        "sandbox/child.py",
        "verdict = Verdict(Kind.PASSED)",
        "verdict = Verdict('fine')",
        "'fine'",
    ),
    "a field of a verdict": (
        "sandbox/child.py",
        "verdict = Verdict(Kind.PASSED)",
        "verdict = Verdict(Kind.PASSED, line='7')",
        "line",
    ),
    # The supervisor itself fails.
    "in the supervisor": (
        "sandbox/supervisor.py",
        "verdict.granted = patience.granted",
        "verdict.granted = patience.grant",
        "grant",
    ),
    # What arrives is not known where it is read.
    "a message of no kind": (
        "judge/channel.py",
        'return {"verdict": verdict.to_json()}',
        'return {"verdikt": 1}',
        "verdikt",
    ),
}


@pytest.mark.parametrize("arguments", [(), ("-q",), ("-q", "-n1")], ids=["make", "pytest", "xdist"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_engine_is_told_as_its_own(place: Path, fault: str, arguments: tuple[str, ...]) -> None:
    if fault == "a message of no kind" and arguments == ("-q",):
        return  # plain pytest judges in its own process: nothing is sent
    file, old, new, words = FAULTS[fault]
    change(place, file, old, new)
    ran = test_(place, *arguments)
    told = ran.stdout + ran.stderr
    at_import = fault == "a field of the call" and arguments  # pytest cannot load the plugin: its own status and words
    assert ran.returncode == 3 or (at_import and ran.returncode), told
    assert (words in told and "Traceback" in told) or at_import, told
    assert "DIED" not in told and "in the suite" not in told, told


@pytest.mark.parametrize("arguments", [(), ("-q",), ("-q", "-n1")], ids=["make", "pytest", "xdist"])
def test_a_new_kind_of_verdict_takes_one_line(place: Path, arguments: tuple[str, ...]) -> None:
    change(
        place,
        "sandbox/verdict.py",
        "    def __init__(self, word",
        '    LATE = "late", "right, and too late"\n\n    def __init__(self, word',
    )
    change(place, "sandbox/child.py", "verdict = Verdict(Kind.PASSED)", 'verdict = Verdict(Kind.LATE, got="tomorrow")')
    ran = test_(place, *arguments)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "LATE" in ran.stdout and "tomorrow" in ran.stdout


def test_a_verdict_survives_each_boundary() -> None:
    assert Verdict.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL
    childs = replace(
        FULL, seconds=0.0, granted=0.0, output="", tape=[], counts={}, kata="", name="", test="", module="", suite=""
    )
    assert Verdict.from_memory(childs.to_memory()) == childs
    for kind in Kind:
        assert Verdict.from_json(json.loads(json.dumps(Verdict(kind).to_json()))) == Verdict(kind)


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"kind": "fine"},
        {"kind": "passed", "colour": "red"},
        {"kind": "passed", "line": "7"},
        {"kind": "failed", "tape": [[1]]},
    ],
    ids=str,
)
def test_what_is_no_verdict_raises_where_it_is_read(found: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        Verdict.from_json(found)
    assert Verdict.from_memory(json.dumps(found)) is None
    with pytest.raises((ValueError, TypeError, KeyError)):
        verdict_of({"verdict": found})


def test_the_tests_process_cannot_claim_what_is_the_supervisors() -> None:
    for forged in (replace(FULL, kind=Kind.HUNG), Verdict(Kind.PASSED, seconds=9.0)):
        assert Verdict.from_memory(json.dumps(forged.to_json())) is None


def test_a_call_survives_shared_memory_and_json() -> None:
    for call in (ONE, replace(ONE, ready=True, slept=False, ended=9_000), replace(ONE, ready=False, fd=-1, copied=-1)):
        assert unpack(pack(call)) == call
        assert Call.from_json(json.loads(json.dumps(call.to_json()))) == call


def test_a_call_whose_texts_are_too_long_is_cut_and_not_lost() -> None:
    found = unpack(pack(replace(ONE, args="ж" * 120, result="→" * 120, target="a\0b")))
    assert found is not None
    assert found.args.startswith("ж" * 70) and found.result.startswith("→" * 30) and found.target == "a?b"
    assert replace(found, args="", result="", target="") == replace(ONE, args="", result="", target="")


def test_a_call_with_a_wrong_field_raises_where_it_is_written() -> None:
    for wrong in (replace(ONE, fd="3"), replace(ONE, name=None)):  # type: ignore[arg-type]
        with pytest.raises((TypeError, struct.error)):
            pack(wrong)


def test_half_a_call_is_no_call() -> None:
    data = pack(ONE)
    assert unpack(data[:20]) is None
    assert unpack(os.urandom(30)) is None
