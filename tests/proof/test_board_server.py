"""The board as a server: what it takes, what it keeps, and what hostile clients cannot do to it."""

from __future__ import annotations

import base64
import contextlib
import errno
import http.client
import json
import os
import re
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT
from dojo.learner import telling
from dojo.learner.run_log import FIELDS
from dojo.tape.call import Call
from dojo.upkeep.copies import learners_copy
from proof import boards
from proof.boards import ANSWER, Served, board, logged, message, needs_the_server, started
from proof.learners import make

needs_the_server()
SCRIPT = "<script>alert(1)</script>"


def copied(made: Path) -> Path:
    learners_copy(made)
    (made / ".venv").symlink_to(sys.prefix)
    return made


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("board") / "a path with spaces")


@pytest.fixture
def place(copy: Path) -> Path:
    """A copy of the repository without a session."""
    shutil.rmtree(copy / ".dojo", ignore_errors=True)
    return copy


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("besieged") / "copy")


@pytest.fixture
def served(place: Path) -> Iterator[Served]:
    with board(place) as found:
        yield found


@pytest.fixture(scope="module")
def hardy(besieged: Path) -> Iterator[Served]:
    """One board for all hostile inputs, each of which has to leave it serving."""
    with board(besieged) as found:
        yield found


def answers(place: Path) -> dict[str, bytes]:
    session = place / ".dojo" / "session"
    return {str(path.relative_to(session)): path.read_bytes() for path in session.glob("*/*/*.py")}


def test_a_run_is_kept_shown_and_ready_to_be_judged(served: Served, place: Path) -> None:
    answer = b"# caf\xe9\r\n\tx = 1"
    assert served.send(message(content=b"first = 1\n"))[0] == 200
    assert served.send(message(content=answer, kata="2.2", report="✗ wanted 1"))[0] == 200
    assert served.send(message(content=answer, mark="hung"))[0] == 200
    assert served.lights("red", "1.4") == "✗■"
    assert answers(place) == {f"red/{boards.path_of(kata)}": answer for kata in ("1.4", "2.2")}
    assert served.ask("GET", f"/report/red/{boards.path_of('2.2')}")[2] == "✗ wanted 1"
    judged = make(place, "judge", SIDES=".dojo/session", K="2.2", ROOT="yes")
    assert "red" in judged.stdout and judged.returncode == 0, judged.stderr


def test_the_sides_have_their_logs(served: Served, place: Path) -> None:
    for event in ("opened", "run", "help"):
        served.send(message(event=event))
    [log] = place.glob(".dojo/sides/*session_red*/log")
    lines = [json.loads(line) for line in log.read_text().splitlines() if line]
    assert [line["event"] for line in lines] == ["opened", "run"]
    assert all(set(line) == set(FIELDS) for line in lines)


def test_a_run_that_is_sent_twice_counts_once(served: Served, place: Path) -> None:
    run = message()
    senders = [threading.Thread(target=served.send, args=(run,)) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert served.send(run)[0] == 200
    assert served.lights("red", "1.4") == "✗"
    assert len([line for line in logged(place) if line.get("id") == run["id"]]) == 1


def test_an_older_run_that_comes_late_changes_no_answer(served: Served, place: Path) -> None:
    assert served.send(message(content=b"new", mark="green"))[0] == 200
    assert served.send(message(content=b"old", age=3600, mark="hung", source="1" * 16))[0] == 200
    assert answers(place) == {f"red/{boards.path_of('1.4')}": b"new"}
    assert served.lights("red", "1.4") == "■✓"


def test_the_runs_of_one_watch_stay_in_their_order(served: Served, place: Path) -> None:
    """However long each was on its way: the age is that of the sending."""
    for number, mark in enumerate(("red", "hung", "green")):
        assert served.send(message(content=f"{number}".encode(), mark=mark, age=100.0 * number))[0] == 200
    assert served.lights("red", "1.4") == "✗■✓"
    assert answers(place) == {f"red/{boards.path_of('1.4')}": b"2"}


def test_what_was_begun_goes_on_after_a_kill(place: Path) -> None:
    with board(place, MINUTES="30") as first:
        for kata in ("1.4", "1.4", "3.3"):
            first.send(message("blue", kata, asks=True))
        first.ask("POST", "/control", b'{"do": "break"}')
        before = first.view()
        first.kill()
    (place / ".dojo/session/blue" / boards.path_of("3.3")).unlink()
    [log] = place.glob(".dojo/sides/*session_blue*/log")
    log.write_text("torn")
    with board(place, katas="", teams="", CODE="") as again:
        again.cookie = first.cookie  # whoever was in stays in
        assert again.code == first.code
        after = again.view()
    for name in ("left", "turn"):
        assert 0 <= before.pop(name) - after.pop(name) < 60
    assert [row.pop("idle") is None for row in before["rows"]] == [row.pop("idle") is None for row in after["rows"]]
    assert after == before
    assert answers(place)[f"blue/{boards.path_of('3.3')}"] == ANSWER
    assert log.read_text().count('"event": "run"') == 3


def test_a_torn_line_costs_that_line_alone(place: Path) -> None:
    with board(place) as first:
        first.send(message())
        first.kill()
    log = place / ".dojo/session/.log"
    log.write_bytes(log.read_bytes() + b'\n{"event": "run", "team": "re')
    with board(place) as again:
        assert again.send(message(mark="hung"))[0] == 200
        again.kill()
    log.write_bytes(b"\nnull\n[]\n\xff\n" + log.read_bytes() + b"\n" + b"[" * 100_000)
    with board(place) as last:
        assert last.lights("red", "1.4") == "✗■"


def test_another_plan_goes_on_with_the_session_and_another_room_does_not(place: Path) -> None:
    with board(place) as first:
        first.send(message())
    with board(place, katas=boards.KATAS + " 1.5", teams=boards.TEAMS + " late") as again:
        assert again.lights("red", "1.4") == "✗"
        assert again.send(message("late", "1.5"))[0] == 200
        two = make(place, "board", K="1.4", TEAMS="red", PORT="0")
        assert (two.returncode, "another board shows" in two.stderr) == (2, True)
    other = make(place, "board", K="1.4", TEAMS="others", PORT="0")
    assert (other.returncode, "has other teams: make fresh" in other.stderr) == (2, True)
    with board(place) as last:
        assert last.ask("POST", "/control", b'{"do": "end"}')[0] == 200
        said = last.process.communicate(timeout=boards.SECONDS)[0]
        assert "make judge 'K=1.4 2.2 3.3' SIDES=.dojo/session" in said and last.process.returncode == 0
    ended = make(place, "board", K="1.4", TEAMS="red", PORT="0")
    assert (ended.returncode, "has ended" in ended.stderr) == (2, True)
    with board(place, katas="", teams="") as again:
        assert again.send(message(mark="green"))[0] == 200, "what comes late is taken when it goes on"


def test_a_session_that_is_started_again_is_where_it_was(place: Path) -> None:
    first = boards.started(place, HOST="127.0.0.2")
    first.kill()
    again = boards.started(place, katas="", teams="", PORT="")
    again.kill()
    assert again.said == first.said and f"http://127.0.0.2:{first.port}  OPEN to everybody" in again.said


def test_a_team_of_another_name_is_told_which_there_are(served: Served) -> None:
    status, said = served.send(message("golden"))
    assert (status, "knows no team golden: say TEAM= with one of red, blue" in said) == (422, True)


def test_a_port_in_use_is_one_line(served: Served, place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    learners_copy(other)
    said = make(other, "board", K="1.4", TEAMS="red", PORT=str(served.port))
    assert said.returncode == 2
    [line] = said.stderr.splitlines()
    assert (
        line
        == f"127.0.0.1:{served.port} cannot be listened on: {os.strerror(errno.EADDRINUSE)}; PORT= names another port"
    )


ELSEWHERE = "127.0.0.2"  # another address, which leads to this machine on Linux
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.0/8 is this machine's on Linux alone")


def reaches(port: int) -> bool:
    """Whether somebody who knows this machine by another address gets through."""
    with socket.socket() as probe:
        return probe.connect_ex((ELSEWHERE, port)) == 0


@only_linux
def test_it_is_this_machine_s_alone_until_it_is_opened(place: Path) -> None:
    with board(place) as closed:
        assert closed.said.endswith(f"127.0.0.1:{closed.port}  for this machine alone  code {closed.code}")
        assert not reaches(closed.port)
    with board(place, HOST="0.0.0.0") as opened:
        assert f":{opened.port}  OPEN to everybody who reaches it  code {opened.code}" in opened.said
        assert reaches(opened.port)


# what hostile clients send

B64 = base64.b64encode
LONG = b"x" * (telling.ANSWER + 1)
HOSTILE: dict[str, Any] = {
    "nothing": b"",
    "no json": b"{",
    "no object": b"[]",
    "null": b"null",
    "a number of many digits": b"9" * 10_000,
    "deeply nested": b"[" * 100_000,
    "no utf-8": b'{"id": "\xff\xfe"}',
    "utf-16": json.dumps(message()).encode("utf-16"),
    "a field less": {name: value for name, value in message().items() if name != "report"},
    "a field more": message() | {"more": 1},
    "an object for a text": message(report={"a": 1}),
    "a list for a text": message(mark=["red"]),
    "a text for a number": message(passed="2"),
    "a truth for a number": message(passed=True),
    "a fraction for a number": message(hints=0.5),
    "a number for a truth": message(asks=1),
    "not a number": json.dumps(message(age=float("nan"))).encode(),
    "an infinity": json.dumps(message(age=float("inf"))).encode(),
    "a great number": json.dumps(message()).replace('"age": 0.0', '"age": 1e999').encode(),
    "a number below zero": message(total=-1, passed=-2),
    "a great whole number": message(total=10**30),
    "more green tests than there are": message(passed=13),
    "an age below zero": message(age=-1.0),
    "a team that is not there": message("pink"),
    "a team by a path": message("../red"),
    "a team without a name": message(""),
    "a team with a null byte": message("red\0"),
    "a kata that is not shown": message("red", "1.1"),
    "a kata by a path": message() | {"kata": "../../etc/passwd"},
    "a kata by a whole path": message() | {"kata": "/tmp/1_blocking/04_recv_splits_messages.py"},
    "a kata behind dots": message() | {"kata": "1_blocking/../1_blocking/04_recv_splits_messages.py"},
    "an event of the trainer's": message() | {"event": "end"},
    "a plan": message() | {"event": "plan"},
    "a mark of its own": message(mark=SCRIPT),
    "a test of its own": message(first=SCRIPT),
    "a test with control characters": message(first="test_\x1b[2J"),
    "a verdict of its own": message(verdict=SCRIPT),
    "no time": message(time="yesterday"),
    "a time without a zone": message(time="2026-01-01T00:00:00"),
    "an id of its own": message(id="../../x"),
    "an id of many": message(id="0" * 64),
    "a source of its own": message(source=SCRIPT),
    "an answer that is not base64": message() | {"answer": "%%%"},
    "an answer that is too long": message(content=LONG),
    "an answer of another digest": message(digest="0" * 64),
    "a digest without an answer": message(content=b"", digest="0" * 64),
    "a report that is too long": message(report="x" * (telling.REPORT + 1)),
    "a tape that is too long": message(tape="x" * (telling.TAPE + 1)),
    "a first test that is too long": message(first="test_" + "x" * 200),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_message_is_refused_and_changes_nothing(what: str, hardy: Served, besieged: Path) -> None:
    before, shown = logged(besieged), hardy.view()["rows"]
    status, words = hardy.send(HOSTILE[what])
    assert status == 422 and json.loads(words)["error"], words
    assert logged(besieged) == before
    assert [row["squares"] for row in hardy.view()["rows"]] == [row["squares"] for row in shown]


def test_what_is_too_large_is_cut_off(hardy: Served) -> None:
    assert hardy.send(b" " * (telling.MESSAGE + 1))[0] == 413
    assert hardy.send(message())[0] == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 100_000,
        b"GET /" + b"x" * 100_000,
        b"G\0T / HTTP/9.9\r\n\r\n",
        b"POST /run HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /run HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /run HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    ],
    ids=["tls", "a long header", "a long path", "no method", "no length", "two lengths", "a great chunk"],
)
def test_what_is_no_request_ends_its_own_connection(data: bytes, hardy: Served) -> None:
    sock = socket.create_connection(("127.0.0.1", hardy.port), timeout=boards.SECONDS)
    with sock, contextlib.suppress(ConnectionError):
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(1 << 16):
            pass
    assert hardy.send(message())[0] == 200


BEGUN = (
    b"",
    b"POST /run HTTP/1.1\r\nHost: x\r\n",
    b"POST /enter HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    b"POST /enter HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
)


def test_who_never_comes_to_an_end_is_sent_away(hardy: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", hardy.port), timeout=60) for _ in BEGUN]
    for sock, data in zip(slow, BEGUN, strict=True):
        sock.sendall(data)
    assert hardy.send(message())[0] == 200, "and nobody else waits for it"
    for sock in slow:
        received = b""
        with sock, contextlib.suppress(ConnectionResetError):
            while part := sock.recv(1 << 16):
                received += part
        assert received == b"" or b"408" in received.partition(b"\r\n")[0]


def test_many_connections_that_say_nothing_hold_up_nobody_else(hardy: Served) -> None:
    silent = []
    try:
        for _ in range(300):
            sock = socket.socket()
            if sys.platform == "linux":
                sock.bind((ELSEWHERE, 0))  # another address than that of the teams
            sock.connect(("127.0.0.1", hardy.port))
            silent.append(sock)
        if sys.platform == "linux":
            assert hardy.send(message())[0] == 200
        for sock in silent[100:]:  # each of them is ended at once, or in its turn after a while
            sock.settimeout(boards.SECONDS)
            with contextlib.suppress(ConnectionResetError):
                assert sock.recv(1) == b""
    finally:
        for sock in silent:
            sock.close()
    assert hardy.send(message())[0] == 200


@only_linux
def test_who_sends_too_much_is_told_to_wait(hardy: Served) -> None:
    flood = http.client.HTTPConnection("127.0.0.1", hardy.port, source_address=(ELSEWHERE, 0))
    found = set()
    for _ in range(10_000):
        flood.request("POST", "/run", b"{}", {"Cookie": hardy.cookie})
        answer = flood.getresponse()
        answer.read()
        found.add(answer.status)
        if answer.status == 429:
            break
    flood.close()
    assert found == {422, 429}
    assert hardy.send(message())[0] == 200


@only_linux
def test_wrong_codes_are_limited_for_each_address(hardy: Served) -> None:
    guesser = hardy.elsewhere(ELSEWHERE)
    assert {guesser.enter(f"guess{number}") for number in range(60)} == {403, 429}
    assert hardy.enter() == 200, "another address is let in"
    assert hardy.send(message())[0] == 200, "and whoever is in stays in"


def test_without_the_code_there_is_only_the_frame_of_the_page(hardy: Served) -> None:
    secret = f"only a team knows this {SCRIPT}"
    assert hardy.send(message(report=secret, content=secret.encode()))[0] == 200
    stranger = Served(hardy.process, hardy.port, hardy.code)
    path = boards.path_of("1.4")
    for cookie in ("", "dojo=", "dojo=0", f"dojo={hardy.code}", "dojo=\u00e9"):
        stranger.cookie = cookie.encode("latin-1", "replace").decode("latin-1")
        for method, asked in (
            ("GET", "/events"), ("GET", f"/report/red/{path}"), ("GET", f"/tape/red/{path}"), ("POST", "/run"),
            ("POST", "/control"), ("GET", "/.log"), ("GET", f"/red/{path}"), ("GET", "/../.log"),
        ):  # fmt: skip
            status, _, body = stranger.ask(method, asked, b"{}" if method == "POST" else b"")
            assert status == 401, asked
            assert "only a team" not in body and hardy.code not in body and "red" not in body
    for asked in ("/", "/board.css", "/board.js"):
        status, _, body = stranger.ask("GET", asked)
        assert status == 200
        assert hardy.code not in body and "only a team" not in body


def test_nothing_is_served_but_what_is_named(hardy: Served) -> None:
    for asked in (
        "/.log",
        "/red/x",
        "/../../etc/passwd",
        "/%2e%2e/.log",
        "/report/red/../..",
        "/report/red/1/2",
        "/board.py",
    ):
        assert hardy.ask("GET", asked)[0] == 404, asked
    assert hardy.ask("DELETE", "/run")[0] == 405


def test_every_answer_forbids_what_could_run(hardy: Served) -> None:
    assert hardy.send(message(report=SCRIPT))[0] == 200
    for asked in ("/", "/board.js", "/nothing", f"/report/red/{boards.path_of('1.4')}"):
        _, headers, body = hardy.ask("GET", asked)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
        if asked.startswith("/report"):
            assert (headers["Content-Type"], body) == ("text/plain; charset=utf-8", SCRIPT)
    page = (ROOT / "tests/dojo/team/board.html").read_text()
    assert not re.search(r"\son\w+=|style=|<style|<script>|https?:|//", page), "nothing inline, nothing from elsewhere"
    script = (ROOT / "tests/dojo/team/board.js").read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(", script)


def test_another_page_cannot_send_with_the_cookie(hardy: Served) -> None:
    for origin in ("http://evil.example", "http://127.0.0.1:1", "null"):
        assert hardy.ask("POST", "/control", b'{"do": "swap"}', Origin=origin)[0] == 403
    assert hardy.ask("POST", "/control", b'{"do": "no"}', Origin=f"http://127.0.0.1:{hardy.port}")[0] == 422
    assert "SameSite=Strict" in hardy.ask("POST", "/enter", json.dumps({"code": hardy.code}).encode())[1]["Set-Cookie"]


DRAWS = """
from html import escape


def page(tapes):
    [(team, verdict)] = tapes
    return escape(f"{team} {verdict.kata} {verdict.test} {verdict.kind.word} {[call.text for call in verdict.tape]}")
"""
CALL = Call(1, "you", 1, "recv", "conn 1", "4", 3, 7, 10, ended=20, result=SCRIPT)


def test_a_tape_is_drawn_where_there_is_somebody_who_draws_it(tmp_path: Path) -> None:
    place = copied(tmp_path / "copy")
    drawing = place / "tests/dojo/report/tape_page.py"
    drawing.write_text(DRAWS)
    path = f"/tape/red/{boards.path_of('1.4')}"
    with board(place) as served:
        assert served.ask("GET", path)[0] == 404
        assert served.send(message(tape=json.dumps([CALL.to_json()])))[0] == 200
        status, headers, body = served.ask("GET", path)
        assert (status, body) == (200, "red 1.4 test_the_end_is_eof failed [&#x27;conn 1.recv(4)&#x27;]")
        assert "sandbox allow-scripts" in headers["Content-Security-Policy"], "it is nobody's page"
        for tape in ("{", "[]", "[[]]", "[" * 1000, json.dumps([["x"] * len(CALL.to_json())]), "7", '"x"'):
            assert served.send(message(tape=tape))[0] == 200
            assert served.ask("GET", path)[0] == 404
    drawing.unlink()
    with board(place) as served:
        assert served.send(message(tape=json.dumps([CALL.to_json()])))[0] == 200
        assert served.ask("GET", path)[0] == 404


def test_an_answer_is_never_run(hardy: Served, besieged: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    assert hardy.send(message(content=f"open({str(trap)!r}, 'w')".encode()))[0] == 200
    hardy.view()
    assert not trap.exists()
    kept = besieged / ".dojo/session/red" / boards.path_of("1.4")
    assert kept.read_bytes().startswith(b"open(") and not kept.stat().st_mode & 0o111


def test_a_full_disk_takes_nothing_and_says_so(place: Path) -> None:
    if not hasattr(__import__("resource"), "prlimit"):
        pytest.skip("the size of another process's files cannot be limited here")
    import resource

    with board(place) as served:
        assert served.send(message())[0] == 200
        size = (place / ".dojo/session/.log").stat().st_size
        before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size + 300, resource.RLIM_INFINITY))
        run = message("blue")
        assert served.send(run)[0] == 507
        assert served.lights("blue", "1.4") == ""
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)
        assert served.send(run)[0] == 200
        served.kill()
    with board(place) as again:
        assert (again.lights("red", "1.4"), again.lights("blue", "1.4")) == ("✗", "✗")


RUNS, KILLS = 200, 10


def test_killed_ten_times_while_runs_arrive_it_has_lost_none(place: Path) -> None:
    """Each run that was answered is on the board, in the log once, and the newest of each cell is the answer."""
    first = started(place)
    first.enter()
    sent: list[dict[str, Any]] = [
        message(team, kata, content=f"{team} {kata} {number}\n".encode(), age=0)
        for number in range(RUNS // 12 + 1)
        for team in ("red", "blue", "green", "gold")
        for kata in ("1.4", "2.2", "3.3")
    ][:RUNS]
    served, kills = [first], [RUNS * kill // (KILLS + 1) for kill in range(1, KILLS + 1)]
    pause = threading.Event()
    for number, run in enumerate(sent):
        if number in kills:  # while this one is on its way
            killer = threading.Timer(0.001 * (number % 7), served[-1].kill)
            killer.start()
        status = 0
        while status != 200:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, words = served[-1].send(run)
                assert status == 200, words
            if status != 200 and served[-1].process.poll() is not None:
                served.append(started(place, PORT=str(first.port), katas="", teams=""))
                served[-1].cookie = first.cookie
            pause.wait(0 if status == 200 else 0.01)
    killer.join()
    if served[-1].process.poll() is not None:
        served.append(started(place, PORT=str(first.port), katas="", teams=""))
        served[-1].cookie = first.cookie
    assert len(served) == KILLS + 1
    last = served[-1]
    lights = sum(len(square["lights"]) for row in last.view()["rows"] for square in row["squares"])
    assert lights == RUNS
    last.kill()
    with board(place, katas="", teams="") as after:
        assert sum(len(square["lights"]) for row in after.view()["rows"] for square in row["squares"]) == RUNS
        assert {line["id"] for line in logged(place) if "id" in line} == {run["id"] for run in sent}
        kept = {(run["team"], run["kata"]): run["answer"] for run in sent}
        assert answers(place) == {f"{team}/{kata}": base64.b64decode(text) for (team, kata), text in kept.items()}
    for one in served:
        one.process.communicate()
