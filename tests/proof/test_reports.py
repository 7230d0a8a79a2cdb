"""What a learner reads is part of the product: reports compared with kept ones, byte for byte.

Times, counts of busy loops, ports and process numbers are masked before the
report is drawn. To renew the kept ones after a change that is meant:
DOJO_UPDATE=1 .venv/bin/python -m pytest tests/proof/test_reports.py
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dojo.core.places import ROOT, Kata, choose
from dojo.core.screen import Screen
from dojo.judge.remote import Remote
from dojo.report.failure import render
from dojo.sandbox.verdict import Kind, Verdict
from dojo.upkeep import recorded_session

KEPT = Path(__file__).parent / "reports"
PORT = re.compile(r"(127\.0\.0\.1:|'127\.0\.0\.1', )\d+")
CALLED = r"\w+\(\) was called [\d,]+ times?"
COUNT = re.compile(f"{CALLED}( and {CALLED})?")
PID = re.compile(r"child process \d+")


@dataclass(frozen=True)
class Case:
    """One report: which answer in which test, and on what kind of screen."""

    name: str
    kata: str
    test: str
    answer: str  # a path in the repository, or the text of the answer
    screen: Screen = field(default_factory=Screen)


HOSTILE = "tests/proof/hostile"
BLOCKS = "tests/proof/mistakes/1_blocking/01_accept_blocks"
WOULD = "tests/proof/mistakes/2_nonblocking/01_accept_would_block"
WAITING = f"{WOULD}/makes_the_listener_blocking.py"
SPINNING = f"{BLOCKS}/spins.py"
SHOUTS = """\
def serve_one(listener, greeting):
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting.upper())
    return address
"""
BLOCKS_AT_IMPORT = """\
import socket
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
server.accept()
"""
NOBODY = "test_nobody_is_connecting"
GREETED = "test_a_client_that_is_waiting_is_greeted"
CASES = [
    Case("first_red", "2.1", NOBODY, recorded_session.FIRST_SAVE),
    Case("hung_in_accept", "2.1", NOBODY, WAITING),
    Case("hung_in_accept_60_columns", "2.1", NOBODY, WAITING, Screen(60)),
    Case("hung_in_accept_ascii", "2.1", NOBODY, WAITING, Screen(80, False, False)),
    Case("hung_in_accept_colour", "2.1", NOBODY, WAITING, Screen(80, True)),
    Case("hung_in_a_busy_loop", "1.1", "test_it_sleeps_in_the_kernel_until_somebody_connects", SPINNING),
    Case("hung_without_a_call", "2.1", NOBODY, f"{HOSTILE}/holds_the_interpreter_lock.py"),
    Case("stopped", "2.1", NOBODY, f"{HOSTILE}/stops_itself.py"),
    Case("died_by_exit", "2.1", NOBODY, f"{HOSTILE}/exits_with_status_0.py"),
    Case("died_by_a_signal", "2.1", NOBODY, f"{HOSTILE}/kills_itself.py"),
    Case("leaked_a_socket", "1.1", GREETED, f"{BLOCKS}/forgets_to_close.py"),
    Case("leaked_a_process", "2.1", NOBODY, f"{HOSTILE}/leaves_a_child.py"),
    Case("failed_with_words", "2.1", "test_everybody_in_the_queue_is_accepted", f"{WOULD}/one_accept_a_call.py"),
    Case("failed_with_an_error", "2.1", NOBODY, f"{WOULD}/expects_none.py"),
    Case(
        "failed_without_the_error",
        "2.1",
        "test_a_closed_listener_is_an_error_not_an_empty_queue",
        f"{WOULD}/every_error_is_an_empty_queue.py",
    ),
    Case(
        "failed_by_sleeping",
        "1.1",
        "test_it_sleeps_in_the_kernel_until_somebody_connects",
        f"{BLOCKS}/polls_and_sleeps.py",
    ),
    Case("failed_in_the_bytes", "1.1", GREETED, SHOUTS),
    Case("not_written_yet", "1.1", GREETED, "def serve_one(listener, greeting):\n    raise NotImplementedError\n"),
    Case("could_not_start_syntax", "2.1", NOBODY, "def accept_pending(listener:\n    return []\n"),
    Case("could_not_start_name", "2.1", NOBODY, "def accept_all(listener):\n    return []\n"),
    Case("could_not_start_arity", "2.1", NOBODY, "def accept_pending():\n    return []\n"),
    Case("could_not_start_import", "2.1", NOBODY, BLOCKS_AT_IMPORT),
]


def masked(verdict: Verdict, module: Path) -> Verdict:
    """The verdict with everything that differs between two runs replaced."""
    tape = verdict.tape
    moments = sorted({moment for call in tape for moment in (call.began, call.ended) if moment is not None})
    place = {moment: index * 100_000 for index, moment in enumerate(moments)}
    verdict.until = max((place[moment] for moment in moments if moment <= verdict.until), default=0)
    for call in tape:
        call.began, call.ended = place[call.began], None if call.ended is None else place[call.ended]
    if len(tape) > 100:  # a busy loop: how long depends on the machine
        verdict.tape = tape[:20]
    elif any(call.name == "sleep" for call in tape):
        verdict.tape = tape[:3]  # and how often it has looked by then

    def mask(text: str) -> str:
        text = text.replace(str(module), "answer.py") if "dojo-answer" in str(module) else text
        return PID.sub("child process 4711", COUNT.sub("accept() was called N times", PORT.sub(r"\g<1>PORT", text)))

    return replace(verdict, wanted=mask(verdict.wanted), got=mask(verdict.got), words=mask(verdict.words), seconds=2.0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_report_is_as_it_was(case: Case, judge: Remote, tmp_path: Path) -> None:
    kata: Kata = choose(case.kata)[0]
    if "\n" in case.answer:
        module = tmp_path / "dojo-answer.py"
        module.write_text(case.answer)
    else:
        module = ROOT / case.answer
    nodeid = f"{kata.suite.relative_to(ROOT)}::{case.test}"
    verdict = masked(judge.judge(nodeid, module), module)
    assert verdict.kind is not Kind.PASSED
    text = "\n".join(render(verdict, case.screen)).replace(str(tmp_path / "dojo-answer.py"), "answer.py") + "\n"
    kept = KEPT / f"{case.name}.txt"
    if os.environ.get("DOJO_UPDATE"):
        kept.write_text(text)
    assert text == kept.read_text()
    if not case.screen.colour:
        wide = [line for line in text.splitlines() if len(line) > case.screen.width]
        assert all(re.fullmatch(r"  \S+:\d+(  your last call)?", line) for line in wide), (
            "only a path stays whole, to be clicked"
        )


def test_every_verdict_has_its_report() -> None:
    kept = {path.stem for path in KEPT.glob("*.txt")}
    assert kept == {case.name for case in CASES}
