"""What a learner reads is part of the product: reports compared with kept ones, byte for byte.

Times, counts of busy loops, ports and process numbers are masked before the
report is drawn. To renew the kept ones after a change that is meant:
DOJO_UPDATE=1 .venv/bin/python -m pytest tests/proof/test_reports.py
"""

from __future__ import annotations

import errno
import io
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dojo.core.places import PROOF, ROOT, Kata, all_katas, choose
from dojo.core.screen import Screen
from dojo.judge.remote import Remote
from dojo.report import lesson, progress
from dojo.report.failure import render
from dojo.report.others import SIGNS, sentence
from dojo.sandbox.explain import explain
from dojo.sandbox.findings import compare
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
MISTAKES = "tests/proof/mistakes"
ADDRESS = f"{MISTAKES}/1_blocking/10_address_in_use/takes_the_option"
BACKLOG = f"{MISTAKES}/1_blocking/02_backlog_holds_second_client"
HTTP, COST = f"{MISTAKES}/7_servers/02_http_for_curl", f"{MISTAKES}/7_servers/07_wait_cost_grows_with_n"
BAD = "test_what_can_never_become_a_request_is_refused"
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
KEEPS_A_FILE = """\
FILES = []


def recv_all(sock):
    FILES.append(sock.makefile("rb"))
    return FILES[-1].read()
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
    Case("held_by_a_file", "1.5", "test_the_other_direction_is_still_open", KEEPS_A_FILE),
    Case("an_option_by_name", "1.10", "test_it_starts_again_while_an_old_connection_is_open", f"{ADDRESS}_back.py"),
    Case("who_was_let_in", "1.2", "test_how_many_of_five_are_let_in_was_predicted", f"{BACKLOG}/predicts_everybody.py"),
    Case("a_case_with_its_input", "7.2", f"{BAD}[a length below 0]", f"{HTTP}/lets_int_decide.py"),
    Case("a_number_in_words", "7.7", "test_one_socket_of_n_plus_one_is_ready[select]", f"{COST}/waits_once.py"),
]


@dataclass(frozen=True)
class Seen:
    """What was wrong in a report once: the words that stand in it now, and those that must not come back."""

    kata: str
    test: str
    answer: str  # a path below tests/proof
    words: tuple[str, ...]
    gone: tuple[str, ...] = ()


SEEN = [
    # What was wanted and got was the same text, cut before the difference.
    Seen(
        "1.14",
        "test_a_client_is_greeted_with_its_own_address",
        "stubs/1_blocking/14_blocking_server.py.stub",
        ("wanted b'welcome, 127.0.0.", "got b'welcome, 127.0.0.1 port ", "^ first difference, at byte "),
    ),
    # The last call was close() in the teardown.
    Seen(
        "3.9",
        "test_a_wake_up_makes_it_readable",
        "mistakes/3_select/09_wakeup_socketpair/sets_an_event.py",
        ("self._writer.setblocking(False)",),
        (".close()", "got not so"),
    ),
    Seen(
        "3.10",
        "test_a_client_that_ends_is_closed_and_the_others_stay",
        "mistakes/3_select/10_many_connections_one_loop/never_drops_at_the_end.py",
        ("conn 2.recv(65536) 0 bytes: the end", "data = conn.recv(65536)"),
        ("close()", "over(clients[1])\n"),
    ),
    Seen(
        "6.7",
        "test_bytes_that_come_just_before_it_is_armed_are_not_lost",
        "mistakes/6_asynchronous/07_sigio_announces_arrival/looks_before_it_arms.py",
        ("sock.recv(4096)",),
        ("close()", "settimeout(0.0)", "self.sock.settimeout(self.timeout)"),
    ),
    # serve() had ended, and the report said that the server sleeps.
    Seen(
        "7.2",
        "test_no_descriptor_is_left_and_then_the_listener_fails",
        "mistakes/7_servers/02_http_for_curl/ends_at_the_limit_with_nobody_connected.py",
        ("serve() had ended before at line", "with OSError EMFILE"),
        ("the server sleeps",),
    ),
    # The error that ended a call in the background came behind the assertion that it caused.
    Seen(
        "3.11",
        "test_the_client_connects_once_and_waits_for_each_echo",
        "mistakes/3_select/11_idle_server/talk_connects_its_socket_again.py",
        ("OSError EISCONN", "client.connect(address)", " EISCONN "),
        ("wanted",),
    ),
    # What the suite's listener did for a rival stood under "your code".
    Seen(
        "3.10",
        "test_somebody_else_takes_the_client_first",
        "mistakes/3_select/10_many_connections_one_loop/accepts_in_blocking_mode.py",
        ("select([listener], [], [], 0)", "listener.accept()"),
        ("Contested",),
    ),
    # The input was cut at 30 characters.
    Seen(
        "7.3",
        "test_what_can_never_become_a_command_is_refused",
        "mistakes/7_servers/03_resp_for_redis_cli/leaves_the_digits_to_int.py",
        ("ProtocolError for",),
    ),
]


def masked(verdict: Verdict, module: Path) -> Verdict:
    """The verdict with everything that differs between two runs replaced."""
    tape = verdict.tape
    moments = sorted({moment for call in tape for moment in (call.began, call.ended) if moment is not None})
    place = {moment: index * 100_000 for index, moment in enumerate(moments)}
    verdict.until = max((place[moment] for moment in moments if moment <= verdict.until), default=0)
    for call in tape:
        call.args = call.args.replace(f"{io.DEFAULT_BUFFER_SIZE:,} bytes", "8,192 bytes")  # more from 3.14 on
        call.began, call.ended = place[call.began], None if call.ended is None else place[call.ended]
    if len(tape) > 100:  # a busy loop: how long depends on the machine
        verdict.tape = tape[:20]
    elif any(call.name == "sleep" for call in tape):
        verdict.tape = tape[:3]  # and how often it has looked by then

    def mask(text: str) -> str:
        text = text.replace(str(module), "answer.py") if "dojo-answer" in str(module) else text
        return PID.sub("child process 4711", COUNT.sub("accept() was called N times", PORT.sub(r"\g<1>PORT", text)))

    return replace(
        _with_ports(verdict), wanted=mask(verdict.wanted), got=mask(verdict.got), words=mask(verdict.words), seconds=2.0
    )


def _with_ports(verdict: Verdict) -> Verdict:
    """The verdict with the same ports on the tape in every run."""
    for call in verdict.tape:
        call.args, call.result = (PORT.sub(r"\g<1>6969", text) for text in (call.args, call.result))
    return verdict


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


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 20)])
@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: f"{seen.kata}-{Path(seen.answer).stem}")
def test_what_was_wrong_once_does_not_come_back(seen: Seen, width: int, height: int, judge: Remote) -> None:
    kata: Kata = choose(seen.kata)[0]
    verdict = judge.judge(f"{kata.suite.relative_to(ROOT)}::{seen.test}", PROOF / seen.answer)
    lines = render(verdict, Screen(width), height=height - 4)
    assert len(lines) <= height - 4
    text = " ".join(" ".join(lines).split())
    if width == 80:  # below that a call may have to be cut
        assert all(words in text for words in seen.words), "\n".join(lines)
    assert not any(words in text for words in seen.gone), "\n".join(lines)


def test_every_verdict_has_its_report() -> None:
    kept = {path.stem for path in KEPT.glob("*.txt")}
    assert kept == {case.name for case in CASES}


@pytest.mark.parametrize("number", [errno.EBADF, errno.ECONNRESET, errno.EPIPE, errno.ENOTCONN, errno.ECONNREFUSED])
def test_an_error_that_is_raised_in_the_suite_comes_with_its_cause(number: int) -> None:
    try:
        raise OSError(number, os.strerror(number))
    except OSError as error:
        verdict = explain(error, Path("answer.py"), Path(__file__), None)
    assert "raised in the suite" in verdict.got
    assert "your code" in verdict.words


def test_an_error_of_the_answers_own_needs_no_cause() -> None:
    try:
        raise OSError(errno.EBADF, "Bad file descriptor")
    except OSError as error:
        verdict = explain(error, Path(__file__), Path("suite.py"), None)
    assert (verdict.words, "raised in the suite" in verdict.got) == ("", False)


def test_the_sizes_of_two_texts_are_told() -> None:
    assert compare(b"!", b"")[:3] == ("b'!'", "b''", "")
    assert compare("x" * 20, "y")[2] == "first difference, at character 0 (20 wanted, 1 got)"


def test_counts_of_bytes_are_written_in_one_place() -> None:
    # Wherever a number may be one, counted() says which word stands behind it.
    written = re.compile(r"\{[^{}]*\} bytes")
    for tree in ("dojo", *{kata.directory for kata in all_katas()}):
        for path in (ROOT / "tests" / tree).rglob("*.py"):
            if not path.is_relative_to(ROOT / "tests/dojo/upkeep"):
                lines = path.read_text(encoding="utf-8").splitlines()
                found = [line for line in lines if written.search(line) and "{CALL_BYTES}" not in line]
                assert not found, f"{path.name}: {found}"


def test_a_title_has_the_signs_that_a_function_s_name_cannot_have(judge: Remote) -> None:
    titles = [sentence(test["name"]) for kata in all_katas() for test in judge.suite(kata.suite)]
    for sign in SIGNS.values():
        assert any(sign in title for title in titles), f"no title needs {sign!r} any more"
    assert "a closed socket is nobody's concern" in titles
    assert "a connection that fails later shows in on_writable()" in titles


def test_after_a_green_kata_the_first_of_its_chapter_that_is_not_comes_next() -> None:
    katas = all_katas()
    green = {kata.id: progress.GREEN for kata in katas if kata.id in ("3.1", "3.3")}
    after = choose("3.3")[0]
    upcoming = progress.next_kata(katas, green, after)
    assert upcoming is not None and upcoming.id == "3.2", "3.2 is red, and stands before 3.4"
    green |= {kata.id: progress.GREEN for kata in katas if kata.chapter == 3}
    upcoming = progress.next_kata(katas, green, after)
    assert upcoming is not None and upcoming.id == "4.1", "the chapter is done: the next one, and not chapter 1"


def test_a_lesson_keeps_the_spelling_of_a_call() -> None:
    assert lesson.why(choose("3.3")[0])[0].startswith("select() says")
