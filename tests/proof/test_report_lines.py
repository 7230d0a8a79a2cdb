"""What a report shows of values and calls, whatever the width of the screen."""

from __future__ import annotations

import itertools
import random
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from dojo.core.columns import columns, fit, wrap
from dojo.core.places import ROOT
from dojo.core.screen import Screen
from dojo.report.failure import Sizes, render
from dojo.report.values import compared, labelled
from dojo.sandbox.evidence import _with_names
from dojo.sandbox.explain import Comparison, _assertion, _difference
from dojo.sandbox.findings import compare
from dojo.sandbox.statements import condition, demand, none_of, subject
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import lanes
from dojo.tape.call import Call
from dojo.tape.folding import Row, Story, folded, names
from dojo.tape.lanes import draw
from dojo.tape.naming import named
from dojo.tape.recorder import Recorder

WIDTHS = [40, 60, 80, 100]


def shown(wanted: Any, got: Any, width: int) -> list[str]:
    """The lines on two values: wanted, got and the mark."""
    left, right, label, differs = compare(wanted, got)
    return [line for part in compared(left, right, differs, label, Screen(width)) for line in part]


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert [columns(text) for text in ("abc", "日本", "😀", "e\u0301", "é", "")] == [3, 4, 2, 1, 1, 0]
    assert fit("日本語", 6) == "日本語" and fit("日本語です", 6) == "日本…" and columns(fit("日本語です", 6)) <= 6
    assert Screen(40).cut("😀" * 30) == "😀" * 19 + "…"


@pytest.mark.parametrize("alphabet", ["abc ", "abcé日本e\u0301😀 "], ids=["narrow", "wide"])
def test_lines_are_wrapped_to_columns_and_lose_nothing(alphabet: str) -> None:
    drawn = random.Random(1)
    for _ in range(500):
        text = "".join(drawn.choice(alphabet + "  ") for _ in range(drawn.randint(0, 200)))
        text = " ".join(text.split())
        width = drawn.randint(12, 40)
        lines = wrap(text, width, "  ", "      ")
        assert all(columns(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        for line, following in itertools.pairwise(lines):
            full = columns(following) >= width - 1  # a word that is cut begins a line
            assert columns(line) + 1 + columns(following.split()[0]) > width or full, "a line ends too early"


DIFFERENT = [
    (b"welcome, 127.0.0.1 port 50312\n", b"welcome, 127.0.0.1 port 37891\n"),
    (b"x" * 5000 + b"left" + b"y" * 5000, b"x" * 5000 + b"right" + b"y" * 5000),
    (b"\xff\0" * 300 + b"a", b"\xff\0" * 300 + b"b"),
    ("日本" * 100 + "left", "日本" * 100 + "right"),
    (b"it's \"quoted\" and it's long " * 4 + b"left", b"it's \"quoted\" and it's long " * 4 + b"right"),
    (b"abc" * 40, b"abc" * 40 + b"more"),
    (list(range(200)), [*range(100), 7, *range(101, 200)]),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("wanted", "got"), DIFFERENT)
def test_where_two_values_differ_is_on_the_screen(wanted: Any, got: Any, width: int) -> None:
    """The first sign that differs stands above the caret in both, and what stands before it is the same in both."""
    lines = shown(wanted, got, width)
    assert all(columns(line) <= width for line in lines), lines
    left, right, mark, *_ = lines
    assert left.startswith("  wanted   ") and right.startswith("  got      ") and left[11:] != right[11:]
    place = mark.index("^")
    before = [line for line in (left, right) if columns(line) > place]
    for line in before:
        assert columns(line[11:]) >= place - 11
    start = next(number for number, (a, b) in enumerate(zip(left[11:] + " ", right[11:] + " ", strict=False)) if a != b)
    assert columns(left[: 11 + start]) == place, lines
    assert "first difference" in " ".join(lines[2:])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_mark_tells_the_byte(width: int) -> None:
    wanted, got = DIFFERENT[0]
    assert "at byte 24" in " ".join(" ".join(shown(wanted, got, width)[2:]).split())
    assert "at byte 120 (120 wanted, 124 got)" in " ".join(" ".join(shown(*DIFFERENT[5], width)[2:]).split())


def test_values_that_look_alike_are_told_apart() -> None:
    class Odd:
        def __repr__(self) -> str:
            return "[1]"

    left, right, *_ = compare([1], Odd())
    assert (left, right) == ("[1] (list)", "[1] (Odd)")


NOTHING = [
    ("1_blocking/test_01_accept_blocks", "limits(tape.calls()) == []", "no call should have a time limit"),
    ("1_blocking/test_08_send_takes_a_part", "others == []", "no such call should be made"),
    ("1_blocking/test_09_recv_timeout", "changed == []", "no setting of the socket should change"),
    ("2_nonblocking/test_01_accept_would_block", "waits == []", "no call should wait"),
    ("2_nonblocking/test_01_accept_would_block", "accept_pending(listener) == []", ""),
    ("2_nonblocking/test_02_recv_has_four_outcomes", "waited == []", "no call should wait"),
    ("2_nonblocking/test_05_three_timeout_modes", "tried == []", "no such call should be made"),
    ("2_nonblocking/test_08_nonblocking_server", "waited == []", "no call should wait"),
    ("3_select/test_01_select_timeout", "found == []", ""),
    ("3_select/test_04_writable_is_the_normal_state", "ready(kata, one)[1] == []", ""),
    ("3_select/test_10_many_connections_one_loop", "tape.waits() == []", "no call should wait"),
    ("4_triggers/test_02_edge_reports_once", "epoll.poll(0) == []", "nothing should be reported"),
    ("5_selectors/test_05_close_before_unregister", "names(selector) == []", "nothing should be registered"),
    ("6_asynchronous/test_02_coroutine_waits_for_readiness", "log == []", ""),
]


@pytest.mark.parametrize(("suite", "text", "wanted"), NOTHING)
def test_that_a_list_should_be_empty_is_told_in_words(suite: str, text: str, wanted: str) -> None:
    path = ROOT / "tests" / f"{suite}.py"
    source = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(source, start=1) if f"{text}," in one)
    assert none_of(path, line) == wanted
    found, failed = (
        Verdict(Kind.FAILED, suite_line=line),
        Comparison("==", ["time.sleep(0.05)"] * 2 + ["b.recv(1)"], []),
    )
    told = _assertion(found, "it waited\nassert [] == []", f"assert {text}", failed, path)
    if wanted:
        assert (told.wanted, told.got) == (wanted, "time.sleep(0.05) × 2, b.recv(1)")
    else:
        assert told.wanted == "[]" and told.got.startswith("['time.sleep(0.05)', ")


LONG_STEPS = [
    Row(0.1, "sock.recv(4)", "waiting …"),
    Row(2.7, peers=r"peer.sendall(b'\x89PNG\r\n\x1a\n\x00\xff\xfe\xe2\x82')"),
    Row(2.9, kernel="waited 2.8 ms, copies 4 bytes"),
    Row(3.0, "sock.recv(16)", "copies 12 bytes"),
    Row(3.1, peers=r"peer.sendall(b'\x89PNG\r\n\x1a\n\x00\xff\xfe\xe2\x83')"),
    Row(3.2, peers="peer.sendall(b'" + "a" * 60 + "1')"),
    Row(3.3, peers="peer.sendall(b'" + "a" * 60 + "2')"),
    Row(3.4, "conn 1.sendall(b'" + "x" * 60 + "')", "takes 60 bytes"),
    Row(3.5, peers="peer.close()"),
]


@pytest.mark.parametrize("width", [80, 90, 100])
@pytest.mark.parametrize("rows", [LONG_STEPS, LONG_STEPS[:4], LONG_STEPS[1:2], LONG_STEPS[-2:]], ids=len)
def test_what_peers_do_stands_in_their_lane(rows: list[Row], width: int) -> None:
    head, *drawn = draw(Story(rows), Screen(width))
    lane = head.index("peers")
    assert head.index("kernel") + len("kernel") < lane and all(columns(line) <= width for line in drawn)
    steps = [line for line, row in zip(drawn, rows, strict=True) if row.peers]
    assert all(line[lane - 1 :].startswith(" peer.") and not line[11:lane].strip() for line in steps), drawn
    told = [line[lane:] for line in steps]
    assert len(set(told)) == len(told), "two steps that differ look alike"
    assert all(text.endswith(("')", "()")) for text in told)
    assert not any(re.search(r"\\(x.?)?…", text) for text in told), "an escape was cut in two"


def test_a_long_value_says_that_it_was_cut() -> None:
    lines = labelled("got", "word " * 500, Screen(60), 3)
    assert len(lines) == 3 and lines[-1].endswith(" …") and all(len(line) <= 60 for line in lines)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("assert kata.accept_pending(listener) == []", "accept_pending(listener) should return []"),
        ("listener = keep(kata.open_listener(5))", "open_listener(5) should return"),
        ("assert kata.recv_all(sock) == data", "recv_all(sock) should return"),
        ("assert read_exactly(peer, 5) == b'hello'", ""),
        ("serving = background(kata.serve, listener)", ""),
    ],
)
def test_what_a_statement_demands_is_told_in_words(statement: str, told: str) -> None:
    assert demand(statement) == told


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("assert len(seen) >= 101, 'words'", ("len(seen)", False)),
        ("assert kata.recv_within(sock, 100, 0.02) is None", ("recv_within(sock, 100, 0.02)", True)),
        ("assert unread(sock) == 5", ("the number of unread bytes in sock", False)),
        ("assert left == 5", ("left", False)),
        ("assert (left, right) == (1, 2)", ("", False)),
        ("assert serving.done", None),
    ],
)
def test_what_a_comparison_is_about_is_told_in_words(statement: str, told: tuple[str, bool] | None) -> None:
    assert subject(statement) == told


@pytest.mark.parametrize(
    ("op", "left", "right", "told"),
    [
        (">=", 60, 101, ("seen should be 101 or more", "it was 60")),
        ("is not", -1, -1, ("seen should not be -1", "it was -1")),
        ("==", 3, 2, ("seen should be 2", "it was 3")),
        ("in", 413, {400}, ("one of {400}", "413")),
        ("==", b"one", b"two", ("b'two'", "b'one'")),
    ],
)
def test_a_comparison_is_told_in_words_and_values(op: str, left: Any, right: Any, told: tuple[str, str]) -> None:
    found = _difference(Comparison(op, left, right), "seen", False)
    assert (found["wanted"], found["got"]) == told


def test_what_repr_says_of_objects_is_told_by_name() -> None:
    recorder = Recorder()
    recorder.label(4, "listener")
    text = "[<socket.socket fd=4, laddr=('127.0.0.1', 6969)>, <class 'bytes'>, <function a.<locals>.b at 0x7>]"
    assert _with_names(text, recorder) == "[listener, bytes, b]"


def test_a_condition_without_words_is_told_in_words() -> None:
    assert condition("assert serving.done") == "serving.done should be true"
    assert condition("assert not kata.closed(sock)") == "closed(sock) should not be true"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("setsockopt", "listener", "1, 2, 0", "None"), "listener: SO_REUSEADDR = 0"),
        (("setsockopt", "conn 1", r"1, 13, b'\x01\x00\x00\x00\x00\x00\x00\x00'", "None"), "conn 1: SO_LINGER = 0 s"),
        (("setsockopt", "conn 1", "6, 1, True", "None"), "conn 1: TCP_NODELAY = True"),
        (("getsockopt", "sock", "1, 4", "0"), "sock.getsockopt(SO_ERROR)"),
        (("recv", "sock", "100, <MsgFlag.MSG_OOB: 1>", ""), "sock.recv(100, MSG_OOB)"),
        (("recv", "sock", "1,024, flags=64", ""), "sock.recv(1,024, MSG_DONTWAIT)"),
        (("recv", "sock", "100, 66", ""), "sock.recv(100, MSG_DONTWAIT|MSG_PEEK)"),
        (("send", "sock", r"b'a, \'b', 0", ""), r"sock.send(b'a, \'b')"),
        (("sendmsg", "sock", "[b'a', b'b'], [], 64", ""), "sock.sendmsg([b'a', b'b'], [], MSG_DONTWAIT)"),
        (("shutdown", "sock", "1", ""), "sock.shutdown(SHUT_WR)"),
        (("selector.register", "", "12, 1, Handle", "conn 2"), "selector.register(conn 2, READ, Handle)"),
        (("selector.modify", "", "sock, 3, 'a, b'", "sock"), "selector.modify(sock, READ|WRITE, 'a, b')"),
        (("connect", "sock", "127.0.0.1:6969", ""), "sock.connect(127.0.0.1:6969)"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the numbers are those of Linux")
def test_options_flags_and_events_are_told_by_name(call: tuple[str, str, str, str], told: str) -> None:
    assert named(*call) == told


def tape(*texts: str) -> list[Row]:
    """Rows of a tape, of your code or (in brackets) of a peer; " = " stands before what the kernel says."""
    made = []
    for at, text in enumerate(texts):
        you, _, kernel = text.partition(" = ")
        made.append(Row(at, peers=you[1:-1]) if you.startswith("(") else Row(at, you, kernel))
    return made


ROUND = ("select([a]) = → []", "a.recv(9) = EAGAIN")


@pytest.mark.parametrize("width", WIDTHS)
def test_rounds_that_are_alike_are_folded(width: int) -> None:
    picture = tape("listener.accept() = → conn 1", *ROUND * 87, "b.recv(9) = ECONNRESET", *["c.recv(9) = EAGAIN"] * 5)
    lines = draw(Story(picture), Screen(width))
    assert len(lines) == 1 + 1 + 3 + 1 + 1 and all(columns(line) <= width for line in lines)
    assert "(these 2 rows × 87)" in lines[4] and "× 5" in lines[-1] and "ECONNRESET" in lines[-2]


def test_calls_that_were_only_counted_are_in_the_fold() -> None:
    picture = tape(*["a.recv(9) = 0 bytes: the end"] * 20)
    picture[10].missing = 145_000
    [only] = folded(picture)
    assert only.times == 145_020


@pytest.mark.parametrize("most", [4, 6, 9, 14])
@pytest.mark.parametrize("place", [5, 50, 95])
def test_the_rows_of_the_socket_in_question_are_shown(most: int, place: int) -> None:
    others = [f"conn {number}.recv(9) = copies {number} bytes" for number in range(10, 110)]
    others[place] = "conn 1.send(b'half') = takes 2 bytes"
    picture = tape("(client connects)", *others)
    lines = draw(Story(picture, ("client", "conn 1")), Screen(80), most=most)
    assert len(lines) == 1 + most and any("conn 1.send(b'half')" in line for line in lines)
    assert any("client connects" in line for line in lines) or most < 6
    assert any("rows left out" in line for line in lines) and not any("1 row left out" in line for line in lines)
    assert "conn 109.recv" in lines[-1], "what came last is gone"


def test_the_call_that_failed_is_shown_whatever_it_was() -> None:
    picture = tape(*[f"conn 1.recv(9) = copies {number} bytes" for number in range(1, 60)])
    picture.insert(20, Row(20, "socket 1.connect(127.0.0.1:6969)", "EISCONN", line=65))
    lines = draw(Story(picture, ("conn 1",), 65), Screen(80), most=5)
    assert any("EISCONN" in line for line in lines), lines


def test_a_long_call_leaves_the_kernel_its_room() -> None:
    long = "select([listener, conn 1, conn 2, conn 3, conn 4, conn 5], [], [], 0.005)"
    lines = draw(Story(tape(f"{long} = → [conn 2], [], []", "conn 2.recv(65536) = 0 bytes: the end")), Screen(80))
    assert "0 bytes: the end" in lines[-1] and "→ [conn 2], [], []" in lines[-2], lines


def test_a_name_is_not_taken_for_the_beginning_of_another() -> None:
    assert names("client connects", "client") and names("select([listener, conn 1], [])", "conn 1")
    assert not names("client 2 connects", "client") and not names("conn 12.close()", "conn 1")


@pytest.mark.parametrize("width", WIDTHS)
def test_addresses_are_whole_wherever_there_is_room(width: int) -> None:
    picture = tape(
        "socket 1.bind(127.0.0.1:6969) = EADDRINUSE",
        "listener.getsockname() = → 127.0.0.1:37891",
        "(peer.send(b'0123456789'))",
    )
    lines = draw(Story(picture), Screen(width))
    assert all(columns(line) <= width for line in lines)
    text = "\n".join(lines)
    assert "peer.send(b'0123456789')" in text
    if width >= 60:
        assert "127.0.0.1:6969" in text and "127.0.0.1:37891" in text


def whole_verdict(kind: Kind = Kind.FAILED) -> Verdict:
    """A verdict with more of everything than a screen holds."""
    calls = [
        Call(
            number,
            "you",
            1,
            "send",
            f"conn {number % 7}",
            f"b'{number}'",
            5,
            12,
            number * 1000,
            True,
            number * 1000 + 1,
        )
        for number in range(200)
    ]
    return Verdict(
        kind,
        wanted="the others should be served " * 12,
        got="your code raised ConnectionResetError " * 12,
        words="one client has reset, and your server ended for everybody " * 4,
        given="stream = b'GET / HTTP/1.1' " * 12,
        about=["conn 3"],
        suite_line=11,
        output="it prints\n" * 30,
        tape=calls,
        kata="5.10",
        name="selector_server",
        test="test_a_client_that_resets_ends_itself_alone_and_nobody_else_is_ever_disturbed_by_it",
        module=str(ROOT / "katas/5_selectors/10_selector_server.py"),
        suite=str(ROOT / "tests/5_selectors/test_10_selector_server.py"),
    )


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 20), (100, 40), (80, 20)])
@pytest.mark.parametrize("kind", [Kind.FAILED, Kind.HUNG, Kind.LEAKED, Kind.DIED], ids=lambda kind: kind.word)
def test_a_report_fits_below_the_line_of_the_kata_and_above_the_score(kind: Kind, width: int, height: int) -> None:
    verdict = whole_verdict(kind)
    others = [replace(verdict, test=f"test_number_{number}", words=f"reason {'x' * number}") for number in range(9)]
    lines = render(verdict, Screen(width), others=others, height=height - 4)
    assert sum(max(1, -(-columns(line) // width)) for line in lines) <= height - 4
    text = " ".join(" ".join(lines).split())
    assert kind.word.upper() in lines[0] and lines[0].startswith("✗ 5.10  selector_server · a client that resets")
    for part in ("wanted the others", "got your code raised", "One client has reset, and your", "9 more tests fail"):
        assert part in text, text
    assert "`make hint K=5.10`" in text and "your last call" in text and "…" in text


def test_the_tape_gives_way_before_the_rest() -> None:
    verdict = whole_verdict()
    shown = [render(verdict, Screen(80), height=height) for height in range(70, 10, -1)]
    rows = [sum("conn" in line and ".send(" in line for line in lines) for lines in shown]
    assert rows == sorted(rows, reverse=True) and rows[0] > lanes.ROWS
    printed = [sum("it prints" in line for line in lines) for lines in shown]
    assert all(few <= lanes.FEWEST for few, kept in zip(rows, printed, strict=True) if kept < Sizes.printed)


def test_the_other_red_tests_are_named() -> None:
    def told(*reasons: str) -> str:
        others = [
            replace(verdict, test=f"test_{name}", words=words) for name, words in zip("abcdef", reasons, strict=False)
        ]
        [line] = [line for line in render(verdict, Screen(80), others=others) if "more test" in line]
        return line.strip()

    verdict = replace(whole_verdict(), words="it ended")
    assert told("it ended") == "1 more test fails, for the same reason."
    assert told("it ended", "it hung") == "2 more tests fail, one for another reason: b."
    assert told("it leaks") == "1 more test fails, for another reason: a."
    assert told("it leaks", "it hung", "it ended") == "3 more tests fail, 2 of them for other reasons: a, b."
    assert told("it leaks", "it hung") == "2 more tests fail, for 2 other reasons: a, b."


@pytest.mark.parametrize("side", ["katas", "solutions", "teams/red", "teams/it's our's", "/tmp/日本 side", "a$HOME/b"])
@pytest.mark.parametrize("width", [40, 80])
def test_every_command_in_a_report_can_be_pasted(side: str, width: int) -> None:
    """It stands in one line, and the shell makes of it the side that was judged."""
    lines = render(whole_verdict(), Screen(width), side)
    commands = [found for line in lines for found in re.findall(r"`(make [^`]+)`", line)]
    assert len(commands) == 2, lines
    for command, name in zip(commands, ("hint", "test"), strict=True):
        ran = subprocess.run(["sh", "-c", f'set -- {command}; printf "%s\\n" "$@"'], capture_output=True, text=True)
        wanted = ["make", name, "K=5.10", *([f"SIDE={side}".replace("$", "$$")] if side != "katas" else [])]
        assert ran.stdout.splitlines() == wanted
