"""A hang names the call and the socket by whatever way the answer reaches it; the table of the ways is true.

That each way is on the tape as the kernel saw it is proven in test_truth.py.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call
from dojo.tape.drawing import LINGER, rows
from dojo.tape.interception import READ
from dojo.tape.recorder import Recorder
from proof import ways
from proof.ways import COPIES, READS, STEPS, UNSEEN, WRITES, Way, each

HANGS = 0.5  # seconds: who hangs would do so for ever
ROW = re.compile(r"^\| (.+?) \| (yes|no)\b.*\|$", re.MULTILINE)
TABLE = (ROOT / "tests/README.md").read_text(encoding="utf-8").partition("| way to a descriptor |")[2]


def judged(test: str, answer: str, judge: Remote, directory: Path, deadline: float | None = None) -> Verdict:
    """The verdict on an answer."""
    file = directory / "answer.py"
    file.write_text(answer)
    return judge.judge(test, file, deadline)


@each(READS)
def test_a_read_that_hangs_is_named(way: Way, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(ways.AT_ONCE, ways.receives(way, more=99), judge, tmp_path, HANGS)
    assert verdict.kind is Kind.HUNG, verdict
    blocked = rf"{way.calls[0]}\((sock\b|.* at)" if way.name != "loop.sock_recv" else r"epoll \d\.poll\(-1, \d\)"
    assert re.search(rf"still blocked in (sock\b.*\.)?{blocked}", verdict.got), verdict.got
    assert "at answer.py:" in verdict.got
    assert verdict.words and verdict.line, verdict


@each(WRITES)
def test_a_write_that_hangs_is_named(way: Way, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(ways.ASLEEP, ways.sends(way, times=2), judge, tmp_path, HANGS)
    assert verdict.kind is Kind.HUNG, verdict
    assert re.search(rf"still blocked in (sock\.)?{way.calls[0]}\(.* at answer.py:\d+", verdict.got), verdict.got
    assert "sock" in verdict.got and verdict.words, verdict


@each(COPIES)
def test_a_duplicate_has_the_name_of_its_socket(way: Way, tapes: Remote, tmp_path: Path) -> None:
    verdict = judged(ways.AT_ONCE, ways.receives(way), tapes, tmp_path)
    assert verdict.kind is Kind.PASSED, verdict
    calls = [call for call in verdict.tape if call.who == "you"]
    (read,) = [call for call in calls if call.name in READ and call.copied == 5]
    assert "sock (dup)" in read.text, calls
    (close,) = [call for call in calls if call.name in ("close", "os.close") and "sock " in call.text]
    assert close.result == "sock stays open", calls


@each(UNSEEN)
def test_what_the_tape_cannot_see_is_not_on_it(way: Way, tapes: Remote, tmp_path: Path) -> None:
    verdict = judged(ways.AT_ONCE, ways.receives(way), tapes, tmp_path)
    assert verdict.kind is Kind.PASSED or way.name == "ssl", verdict
    assert not [call.text for call in verdict.tape if call.who == "you" and call.name in READ and "sock" in call.text]


@each([way for way in UNSEEN if way.calls])
def test_a_hang_that_the_tape_cannot_see_is_told_by_the_kernel(way: Way, judge: Remote, tmp_path: Path) -> None:
    verdict = judged(ways.AT_ONCE, ways.receives(way, more=99), judge, tmp_path, HANGS)
    assert f"still blocked in {way.calls[0]}() on " in verdict.got, verdict
    assert "at answer.py:" in verdict.got and "does not see this call" in verdict.words, verdict


def test_what_is_refused_is_refused_alike(tapes: Remote, tmp_path: Path) -> None:
    answer = ways.steps(Way("odd arguments", ways.ODD))
    verdict = judged(ways.AT_ONCE, answer, tapes, tmp_path)
    assert verdict.kind is Kind.PASSED, verdict
    plain = answer + "a, b = socket.socketpair()\nb.send(b'hello')\nrecv_exactly(a, 5)\n"
    ran = subprocess.run([sys.executable, "-c", plain], capture_output=True, text=True, check=True)
    assert verdict.output.split() == ran.stdout.split()


def test_the_table_has_each_way_and_no_other() -> None:
    said = {name: seen for names, seen in ROW.findall(TABLE) for name in re.findall(r"`([^`]+)`", names)}
    seen = {way.name for way in (*READS, *WRITES, *STEPS)}
    assert said == dict.fromkeys(seen, "yes") | {way.name: "no" for way in UNSEEN}


def test_what_is_said_to_be_open_still_is_open() -> None:
    recorder = Recorder()
    one, two = socket.socketpair()
    with one, two:
        copy = os.dup(one.fileno())
        recorder.label(one.fileno(), "sock")
        recorder.duplicate(one.fileno(), copy)
        assert recorder.left_open(copy) == "sock stays open"
        one.close()  # and the recorder is not told
        assert recorder.left_open(copy) == ""
        os.close(copy)


@pytest.mark.parametrize(
    ("result", "text"),
    [("None", "client resets (RST)"), ("client (dup) stays open", "client.close(), not the last")],
)
def test_the_first_of_two_closes_is_not_drawn_as_the_end(result: str, text: str) -> None:
    linger = Call(0, "peer", 1, "setsockopt", "client", f"{LINGER}, b'...'", 7, 0, 0, ended=1)
    close = Call(1, "peer", 1, "close", "client", "", 7, 0, 2, ended=3, result=result)
    assert [row.peers for row in rows([linger, close])] == [text]
    close.who = "you"
    assert [row.kernel for row in rows([close])] == [result.removeprefix("None")]
