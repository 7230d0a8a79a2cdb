"""`make tape`: a test's whole tape as text, or drawn on a page that is safe whatever the tape and the files hold."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest

from dojo.core.places import ROOT, choose
from dojo.core.screen import Screen
from dojo.report.failure import render
from dojo.report.tape_page import GENERATOR, page
from dojo.tape import lanes, svg
from dojo.tape.drawing import rows
from dojo.tape.picture import ACTS, COPIES, FAILS, MOST_LANES, REFUSED, TAKES, WAITS, WAKES, beside, picture
from proof.learners import WRONG, make
from proof.tapes import HOSTILE, call, verdict

MISTAKES = ROOT / "tests/proof/mistakes"
SPINS = str(MISTAKES / "1_blocking/01_accept_blocks/spins.py")
# No two of its calls are alike, or a report would fold them; and it leaves a connection open when accept() fails.
TALKS = """\
def accept_pending(listener):
    connections = []
    try:
        for number in range(150):
            listener.setsockopt(1, 8, 4096 + number)
        while True:
            connections.append(listener.accept()[0])
    except BlockingIOError:
        return connections
"""


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A place for an answer to 2.1."""
    return tmp_path / "answer.py"


def tape(**asked: str) -> subprocess.CompletedProcess[str]:
    return make(ROOT, "tape", **asked)


def test_every_call_is_there_with_its_line_and_none_is_cut(answer: Path) -> None:
    answer.write_text(TALKS)
    ran = tape(K="2.1", SIDE=str(answer), COLUMNS="40")
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"^  test \d+ of \d+ on .*: leaked$", ran.stdout, re.MULTILINE), (
        "the first red test, where none is chosen"
    )
    told = [line for line in ran.stdout.splitlines() if re.match(r" +\d+\.\d  5 +listener", line)]
    assert len(told) == 150
    assert "4245" in told[-1] and "…" not in ran.stdout and "left out" not in ran.stdout
    assert re.search(r"\.\d  7 +listener\.accept\(\) +E[A-Z]+$", ran.stdout, re.MULTILINE)
    assert re.search(r"^ +ms  line  your code +kernel +peers$", ran.stdout, re.MULTILINE)


def test_a_report_that_leaves_rows_out_names_the_command_that_shows_them(answer: Path) -> None:
    answer.write_text(TALKS)
    left_out = re.findall(
        r"^ {11}\(.* rows left out.*$", make(ROOT, "test", K="2.1", SIDE=str(answer)).stdout, re.MULTILINE
    )
    assert len(left_out) == 1 and len(left_out[0]) <= 80
    long = verdict(*(call(number, "you", "send", f"conn {number}") for number in range(200)))
    shown = render(long, Screen(80), "teams/red", first=True)
    assert any(
        re.fullmatch(r" {11}\(\d+ rows left out: make tape K=2.1 SIDE=teams/red shows all\)", line) for line in shown
    )
    for side, first in (("x" * 60, True), ("katas", False)):  # no room; not the test that it would show
        shown = render(long, Screen(80), side, first=first)
        assert any(re.fullmatch(r" {11}\(\d+ rows left out\)", line) for line in shown)


def test_calls_that_were_only_counted_are_told(answer: Path) -> None:
    ran = tape(K="1.1", SIDE=SPINS, T="sleeps")
    assert ran.returncode == 0
    assert re.search(r"\(\d[\d,]* more calls, only counted\)", ran.stdout)
    assert ran.stdout.count("listener.accept()") > 2000 and "■ stopped" in ran.stdout
    assert "a busy loop" in ran.stdout


@pytest.mark.parametrize(
    ("chosen", "test"),
    [
        ("", "test 1 of"),
        ("3", "test 3 of"),
        ("in_the_order", "test 3 of"),
        ("IN THE ORDER of arrival", "test 3 of"),
        ("test_they_come_in_the_order_of_arrival", "test 3 of"),
    ],
)
def test_a_test_is_chosen_by_its_number_or_a_part_of_its_name(chosen: str, test: str) -> None:
    ran = tape(K="2.1", SIDE="solutions", T=chosen)
    assert ran.returncode == 0, ran.stderr
    assert re.search(rf"^  {test} \d+ on solutions: passed$", ran.stdout, re.MULTILINE)
    assert "listener.accept()" in ran.stdout


def test_a_kata_that_is_not_begun_has_an_empty_tape(tmp_path: Path) -> None:
    kata = choose("2.1")[0]
    (tmp_path / kata.path).parent.mkdir()
    (tmp_path / kata.path).write_bytes(kata.stub.read_bytes())
    ran = tape(K="2.1", SIDE=str(tmp_path), HTML=str(tmp_path / "out.html"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "No call on a socket in this test" in (tmp_path / "out.html").read_text()
    assert "no call on a socket in this test" in tape(K="2.1", SIDE=str(tmp_path)).stdout


def test_what_an_answer_prints_and_does_commands_nothing(answer: Path) -> None:
    answer.write_text(
        "import os\nprint('\\033[2J')\n\n\ndef accept_pending(listener):\n    listener.accept()\n    os._exit(0)\n"
    )
    ran = tape(K="2.1", SIDE=str(answer), T="order")
    assert ran.returncode == 0, ran.stderr
    assert "died" in ran.stdout and "■ gone" in ran.stdout and "\033" not in ran.stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "make tape takes one kata, as in K=2.1"),
        ({"K": "2"}, "make tape takes one kata, as in K=2.1"),
        ({"K": "2.1 2.2"}, "make tape takes one kata, as in K=2.1"),
        ({"K": "2.1", "T": "99"}, "T=99: 2.1 has tests 1 to "),
        ({"K": "2.1", "T": "0"}, "T=0: 2.1 has tests 1 to "),
        ({"K": "2.1", "T": "no such\n"}, "T=no such: no test of 2.1 has this in its name; T= also takes a number"),
        ({"K": "2.1", "WITH": "nowhere"}, "WITH=nowhere does not exist"),
        ({"K": "2.1", "WITH": "README.md"}, "WITH=README.md does not exist"),
        ({"K": "2.1", "HTML": "tests"}, "HTML=tests is there already, and no file"),
        ({"K": "2.1", "HTML": "/dev/null"}, "HTML=/dev/null is there already, and no file"),
        ({"K": "2.1", "HTML": "/dev/null/out.html"}, "HTML=/dev/null/out.html cannot be written: File exists"),
        ({"K": "2.1", "HTML": "x" * 300}, f"HTML={'x' * 300} cannot be written: File name too long"),
        ({"K": "2.1", "HTML": "README.md"}, "HTML=README.md was not written by make tape, and stays as it is"),
    ],
    ids=lambda value: " ".join(f"{name}={one:.20}" for name, one in value.items()) if isinstance(value, dict) else "",
)
def test_bad_input_is_one_line(asked: dict[str, str], words: str) -> None:
    before = (ROOT / "README.md").read_bytes()
    ran = tape(SIDE="solutions", **asked)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1 and ran.stderr.startswith(words.partition("=")[0]), ran.stderr
    assert words in ran.stderr
    assert (ROOT / "README.md").read_bytes() == before and ran.stdout == ""


def test_a_page_is_renewed_and_nothing_else_is_overwritten(tmp_path: Path) -> None:
    out, other, link = tmp_path / "a page" / "out.html", tmp_path / "other.html", tmp_path / "link.html"
    for test in ("1", "3"):
        ran = tape(K="2.1", SIDE="solutions", T=test, HTML=str(out))
        assert (ran.returncode, ran.stderr) == (0, "")
        assert f"test {test} of " in ran.stdout and f"test {test} of " in out.read_text()
    for text in ("", "<!doctype html>\nmine\n", f"{'x' * 1000}{GENERATOR}"):
        other.write_text(text)
        ran = tape(K="2.1", SIDE="solutions", HTML=str(other))
        assert ran.returncode == 2 and "was not written by make tape" in ran.stderr
        assert other.read_text() == text
    link.symlink_to(tmp_path / "nowhere")
    assert "no file" in tape(K="2.1", SIDE="solutions", HTML=str(link)).stderr
    assert {path.name for path in tmp_path.iterdir()} == {"a page", "other.html", "link.html"}
    assert [path.name for path in out.parent.iterdir()] == ["out.html"]


def test_two_sides_are_told_and_drawn_beside_each_other(answer: Path, tmp_path: Path) -> None:
    answer.write_text(WRONG)
    for asked in ({"SIDE": str(answer), "WITH": "solutions"}, {"SIDE": "solutions", "WITH": str(answer), "T": "1"}):
        told = tape(K="2.1", **asked).stdout
        assert re.search(r"test 1 of \d+ on solutions: passed", told)
        assert re.search(rf"test 1 of \d+ on {answer}: failed", told)
        ran = tape(K="2.1", HTML=str(tmp_path / "out.html"), **asked)
        assert ran.returncode == 0, ran.stderr
        text = (tmp_path / "out.html").read_text()
        assert text.count('<section class="side"') == 2 and "✓ passed" in text and "✗ failed" in text


def test_all_that_comes_from_elsewhere_is_text(tmp_path: Path) -> None:
    module = tmp_path / HOSTILE.replace("/", "").replace("\x00", "")
    module.write_text(f"first\n{HOSTILE}\n".replace("\x00", ""))
    hostile = verdict(
        call(0, "you", HOSTILE, HOSTILE, args=HOSTILE, result=HOSTILE, line=2),
        call(1, "peer", "send", HOSTILE, args=HOSTILE),
        module=str(module), words=HOSTILE, name=HOSTILE, test=HOSTILE,
    )  # fmt: skip
    text = page([(HOSTILE, hostile), (HOSTILE, hostile)], HOSTILE)
    assert text.count("<script") == text.count("</script>") == 2
    assert not re.search(r"<img|onerror=\w+[^\w\\(]|\x1b|\x00|\u202e", text)
    assert not re.search(r"https?:|\bsrc=[^x]|href=|url\(|@import", text), "it would ask for something"
    data = json.loads(re.findall(r'id="data">(.*?)</script>', text, re.DOTALL)[0])
    assert data["tapes"][0]["steps"][0]["text"].count("</script><img src=x onerror=alert(1)>") == 3
    assert "%%data%%" in data["tapes"][0]["source"]["2"], (
        "what stands for a part is a text where it comes from elsewhere"
    )
    assert unescape(re.findall(r"<title>(.*?)</title>", text)[0]).startswith("2.1 </script><img")


def test_lines_of_the_source_are_counted_as_python_counts_them(tmp_path: Path) -> None:
    module = tmp_path / "answer.py"
    module.write_bytes("first = '\u2028\x0c\x85'\r\nsecond = 2\rthird = 3\n".encode())
    text = page([("katas", verdict(call(0, "you", "recv", "sock", line=2), module=str(module)))])
    data = json.loads(re.findall(r'id="data">(.*?)</script>', text, re.DOTALL)[0])
    assert data["tapes"][0]["source"] == {
        "1": "first = '\\x2028\\x0c\\x85'", "2": "second = 2", "3": "third = 3", "4": "",
    }  # fmt: skip


def test_a_page_runs_its_own_script_and_no_other() -> None:
    text = page([("katas", verdict(call(0, "you", "recv", "sock")))])
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert GENERATOR in text[:400]


def test_a_selector_is_seen_to_wait() -> None:
    found = rows(
        [
            call(0, "you", "selector.select", "", ended=5_000_000, result="[sock READ]"),
            call(1, "you", "poll", "epoll 1", ended=4_900_000, ready=False, result="[sock IN]"),
            call(2, "peer", "send", "peer", copied=5),
            call(6, "you", "selector.select", "", result="[sock READ]"),
            call(7, "you", "poll", "epoll 1", ended=6_000_100, ready=True, began=6_000_010, result="[sock IN]"),
        ]
    )
    assert [row.kernel or row.peers for row in found] == [
        "waiting …", "peer.send()", "waited 5.0 ms → [sock READ]", "→ [sock READ]",
    ]  # fmt: skip


def test_waiting_copying_and_refusing_are_different_steps() -> None:
    found = picture(
        rows(
            [
                call(0, "you", "recv", "sock", error="EAGAIN"),
                call(1, "you", "recv", "sock", ready=False, ended=4_000_000, copied=5),
                call(2, "peer", "send", "peer", copied=5),
                call(5, "you", "send", "sock", error="EPIPE"),
                call(6, "you", "accept", "listener", ready=False, ended=8_000_000, made="conn 1"),
                call(9, "peer", "recv", "peer", copied=0),
                call(10, "you", "poll", "epoll 1", ready=False, ended=None),
            ],
            "■ stopped",
        )
    )
    kinds = [step.kind for step in found.steps]
    assert kinds == [REFUSED, WAITS, ACTS, COPIES, FAILS, WAITS, WAKES, TAKES, WAITS, "ends"]
    assert [(step.since, step.until) for step in found.steps if step.kind in (WAITS, COPIES, WAKES)] == [
        (-1, 3), (1, -1), (-1, 6), (5, -1), (-1, -1),
    ]  # fmt: skip
    body = svg.draw(found).body
    assert body.count('class="bar"') == 3 and body.count('class="step copies"') == 1
    endless = re.findall(r'class="bar" data-from="8" data-to="(\d)".*? height="(\d+)"', body)
    assert endless == [("9", str(svg.ROW + 14))], "a wait that nothing ends lasts to the end of the tape"


def test_each_thread_and_each_peer_has_a_lane_and_a_crowd_shares_one() -> None:
    calls = [call(number, "you", "recv", "sock", thread=700 + number) for number in range(3)]
    calls += [call(3 + number, "peer", "connect", f"client {number}") for number in range(40)]
    found = picture(rows(calls))
    assert found.threads == ["thread 1", "thread 2", "thread 3"]
    assert found.peers == [*(f"client {number}" for number in range(MOST_LANES)), "other peers"]
    assert picture(rows(calls[:1])).threads == ["your code"]
    many = picture(rows([call(number, "you", "recv", "sock", thread=number) for number in range(40)]))
    assert len(many.threads) == MOST_LANES + 1 and many.steps[-1].lane == "other threads"
    text = lanes.whole(rows(calls), Screen(80))
    assert text[3].endswith("thread 3: sock.recv()  → ") or "thread 3: sock.recv()" in text[3]


def test_what_is_the_same_in_two_tapes_stands_in_one_row() -> None:
    def steps(*names: str) -> list:  # type: ignore[type-arg]
        return picture(rows([call(place, "you", name, "sock") for place, name in enumerate(names)])).steps

    assert beside(steps("a", "b", "c", "d"), steps("a", "c", "x", "d")) == ([0, 1, 2, 4], [0, 2, 3, 4])
    assert beside(steps("a", "b", "c"), steps("x", "y", "z", "a")) == ([0, 1, 2], [0, 1, 2, 3]), "too little is"
    assert beside([], steps("a")) == ([], [0])


def test_a_file_of_its_own_is_xml_that_says_what_it_shows() -> None:
    one = picture(rows([call(0, "you", HOSTILE, HOSTILE, args=HOSTILE), call(1, "peer", "send", HOSTILE)]))
    root = ET.fromstring(svg.standalone([(HOSTILE, one), ("second", one)], "a title", "a description"))
    inside = "{http://www.w3.org/2000/svg}"
    assert (root.findtext(f"{inside}title"), root.findtext(f"{inside}desc")) == ("a title", "a description")
    assert "prefers-color-scheme: dark" in (root.findtext(f"{inside}style") or "")
    assert not list(root.iter(f"{inside}script")) and not list(root.iter(f"{inside}img"))
