"""A team's watch beside a board: what it sends, what it shows of the way, and that no network holds it up."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.core import records
from dojo.learner import telling
from dojo.watch import telling_board
from dojo.watch.sender import Later, Sender, waiting
from proof import boards
from proof.boards import Served, board, needs_the_server, started
from proof.learners import make
from proof.watched import KATA, KEYS, RIGHT, TESTS, WRONG, Watch, all_green, first_red, in_place

needs_the_server()
SECONDS = 60.0


@pytest.fixture
def served(two_chapters: Path) -> Iterator[Served]:
    with board(two_chapters, katas="1.4 2.1-2.3", teams="red:R1,R2 blue") as found:
        yield found


def until(true: Callable[[], Any]) -> Any:
    """Wait until it is; that has a minute."""
    end, pause = time.monotonic() + SECONDS, threading.Event()
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        pause.wait(0.02)
    return found


def beside(served: Served, **more: str) -> dict[str, str]:
    return {"BOARD": f"127.0.0.1:{served.port}", "TEAM": "red", "CODE": served.code} | more


def row(served: Served, team: str = "red") -> dict[str, Any]:
    return next(row for row in served.view()["rows"] if row["team"] == team)


def unsent(place: Path) -> list[Path]:
    return [path for side in place.glob(f".dojo/sides/*/{telling_board.UNSENT}") for path in waiting(side)]


def test_each_run_is_on_the_board_with_its_answer(
    served: Served, watch: Watch, two_chapters: Path, answer: Path
) -> None:
    in_place(answer, WRONG)
    terminal = watch(**beside(served))
    terminal.until(first_red)
    until(lambda: row(served)["now"] == "2.1")
    assert served.lights("red", "2.1") == "", "to open a kata is no run"
    in_place(answer, RIGHT)
    terminal.until(all_green)
    until(lambda: served.lights("red", "2.1") == "✓")
    in_place(answer, WRONG)
    terminal.until(first_red)
    until(lambda: served.lights("red", "2.1") == "✓✗")
    shown = row(served)
    assert next(square for square in shown["squares"] if square["kata"] == "2.1")["score"] == f"0/{TESTS}"
    assert served.view()["stuck"] == ["2.1 nobody is connecting (red)"]
    kept = two_chapters / ".dojo/session/red" / KATA
    assert kept.read_text(encoding="utf-8") == WRONG
    report = served.ask("GET", f"/report/red/{KATA}")[2]
    assert "FAILED" in report and "listener.accept" not in report and "make hint" not in report
    assert unsent(two_chapters) == []


def test_a_key_asks_for_help(served: Served, watch: Watch) -> None:
    terminal = watch(**beside(served))
    assert telling_board.HELP_KEY in terminal.until(first_red)
    terminal.press("?")
    terminal.until("you have asked for help: ? takes that back")
    until(lambda: row(served)["asks"])
    terminal.press("?")
    terminal.until(lambda screen: "you have asked" not in screen and KEYS in screen)
    until(lambda: not row(served)["asks"])


def test_a_watch_without_a_board_has_no_such_key(watch: Watch) -> None:
    terminal = watch()
    assert telling_board.HELP_KEY not in terminal.until(first_red)
    terminal.press("?")
    terminal.until("there is no board to ask on")


def test_a_team_that_loses_the_board_goes_on_and_its_runs_arrive(
    served: Served, watch: Watch, two_chapters: Path, answer: Path
) -> None:
    in_place(answer, RIGHT)
    terminal = watch(**beside(served))
    terminal.until(all_green)
    until(lambda: row(served)["now"] == "2.1")
    served.kill()
    for text, shown in ((WRONG, first_red), (RIGHT, all_green), (WRONG, first_red)):
        in_place(answer, text)
        terminal.until(lambda screen, shown=shown: shown(screen) and "cannot be reached" in screen)
    until(lambda: len(unsent(two_chapters)) == 3)
    again = started(two_chapters, PORT=str(served.port), katas="", teams="")
    again.cookie = served.cookie
    try:
        until(lambda: again.lights("red", "2.1") == "✗✓✗")
        terminal.until(lambda screen: "cannot be reached" not in screen and first_red(screen))
        assert unsent(two_chapters) == []
    finally:
        again.kill()
        again.process.communicate()


def test_what_was_not_sent_is_sent_by_the_next_watch(watch: Watch, two_chapters: Path, answer: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    link = {"BOARD": f"127.0.0.1:{port}", "TEAM": "red", "CODE": "what-it-is"}
    terminal = watch(**link)
    terminal.until(lambda screen: first_red(screen) and "cannot be reached" in screen)
    in_place(answer, RIGHT)
    terminal.until(all_green)
    until(lambda: len(unsent(two_chapters)) == 2)
    terminal.press("q")
    assert terminal.wait() == 0
    with board(two_chapters, katas="2.1", teams="red", PORT=str(port), CODE="what-it-is") as served:
        again = watch(**link)
        again.until(all_green)
        until(lambda: served.lights("red", "2.1") == "✓")
        assert unsent(two_chapters) == [] or until(lambda: unsent(two_chapters) == [])


def test_a_wrong_code_is_told_and_judging_goes_on(served: Served, watch: Watch, answer: Path) -> None:
    terminal = watch(**beside(served, CODE="not-the-code"))
    terminal.until(lambda screen: "CODE=not-the-code: this is not the code of this session" in " ".join(screen.split()))
    in_place(answer, RIGHT)
    terminal.until(all_green)


def test_a_kata_that_the_board_does_not_show_is_told_once(served: Served, watch: Watch, two_chapters: Path) -> None:
    terminal = watch("2.4", **beside(served))
    terminal.until(lambda screen: "the board does not show this kata" in " ".join(screen.split()))
    assert unsent(two_chapters) == []


def test_the_team_has_a_side_of_its_own_where_there_is_one(served: Served, watch: Watch, two_chapters: Path) -> None:
    shutil.copytree(two_chapters / "katas", two_chapters / "teams/red")
    in_place(two_chapters / "teams/red" / KATA, RIGHT)
    terminal = watch(**beside(served))
    assert f"teams/red/{KATA}" in terminal.until(all_green)
    blue = watch(**beside(served, TEAM="blue"))
    assert f"katas/{KATA}" in blue.until(first_red)
    until(lambda: row(served)["squares"][1]["sign"] + row(served, "blue")["now"] == "✓2.1")


def test_an_answer_cannot_see_the_code(served: Served, watch: Watch, answer: Path) -> None:
    in_place(answer, "import os\n\n\ndef accept_pending(listener):\n    return sorted(os.environ)\n")
    terminal = watch(size=(160, 60), **beside(served))
    screen = terminal.until(first_red)
    assert served.code not in screen and "'CODE'" not in screen


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"BOARD": "here", "TEAM": "red", "CODE": "x"}, "BOARD=here is not the place of a board"),
        ({"BOARD": "here:x", "TEAM": "red", "CODE": "x"}, "is not the place of a board"),
        ({"BOARD": "here:0", "TEAM": "red", "CODE": "x"}, "is not the place of a board"),
        ({"BOARD": "http://here:1", "TEAM": "red", "CODE": "x"}, "is not the place of a board"),
        ({"BOARD": "here:1", "CODE": "x"}, "BOARD= takes a team"),
        ({"BOARD": "here:1", "TEAM": "red"}, "BOARD= takes the code"),
        ({"TEAM": "../red"}, "TEAM=../red is no name of a team"),
        ({"TEAM": "red\x1b[2J"}, "TEAM=red\\x1b[2J is no name of a team"),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, dict) else "",
)
def test_what_is_no_board_is_one_line(asked: dict[str, str], words: str, two_chapters: Path) -> None:
    said = make(two_chapters, "watch", **asked)
    assert said.returncode == 2
    [line] = said.stderr.splitlines()
    assert words in line


# the process that sends, without a watch


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    place = tmp_path / "unsent"
    place.mkdir()
    return place


def put(spool: Path, number: int, **more: Any) -> None:
    (spool / f"{number:020}-x.json").write_text(json.dumps(boards.message(**more)), encoding="utf-8")


class Mute:
    """A place where a board should be, and somebody takes connections who never answers."""

    def __enter__(self) -> Mute:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()


def test_what_a_crash_has_cut_short_is_not_sent(served: Served, spool: Path) -> None:
    put(spool, 1, kata="2.1")
    for number, text in enumerate(("", "{", "[]", '{"time": 1}', '{"time": "x"}'), start=2):
        (spool / f"{number:020}-x.json").write_text(text)
    (spool / ".00000-x.json.part").write_text("{")
    put(spool, 9, kata="2.1", mark="hung")
    Sender("127.0.0.1", served.port, spool, served.code).send()
    assert served.lights("red", "2.1") == "✗■"
    assert waiting(spool) == []


def test_the_age_of_a_run_is_told_by_its_own_clock(served: Served, spool: Path) -> None:
    put(spool, 1, kata="2.1", mark="hung")
    put(spool, 2, kata="2.1", time="2099-01-01T00:00:00.000+00:00")
    put(spool, 3, kata="2.1", mark="green", time="1999-01-01T00:00:00.000+00:00")
    Sender("127.0.0.1", served.port, spool, served.code).send()
    # A clock that goes wrong puts its run at the beginning of the session at the earliest, and at now at the latest.
    assert sorted(served.lights("red", "2.1")) == sorted("✓■✗")
    assert 0 <= row(served)["idle"] < 3600


def test_it_gives_up_on_who_does_not_answer(spool: Path) -> None:
    put(spool, 1)
    with Mute() as mute:
        sending = Sender("127.0.0.1", mute.port, spool, "code")
        sending.seconds = 0.05
        with pytest.raises(Later, match="cannot be reached"):
            sending.send()
    assert len(waiting(spool)) == 1


def test_what_waits_is_bounded_and_the_newest_stay(two_chapters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "HOME", two_chapters / ".dojo")
    monkeypatch.setattr(telling_board, "KEPT", 5)
    link = telling_board.link({"BOARD": "127.0.0.1:1", "TEAM": "red", "CODE": "x"}, str(two_chapters / "katas"))
    assert link is not None
    link._place.mkdir(parents=True)
    line = {name: boards.message()[name] for name in telling_board.run_log.FIELDS}
    for number in range(9):
        link.run(line | {"hints": number}, b"x" * number, [])
    found = [json.loads(path.read_text())["hints"] for path in waiting(link._place)]
    assert found == [4, 5, 6, 7, 8]
    link.run(line, b"x" * (telling.ANSWER + 1), [])
    last = json.loads(waiting(link._place)[-1].read_text())
    assert (last["answer"], last["digest"]) == ("", ""), "too long to be sent, and still a run"


def test_the_sender_ends_with_its_watch(served: Served, watch: Watch) -> None:
    terminal = watch(**beside(served))
    terminal.until(first_red)
    [pid] = senders(terminal.pid)
    import os

    os.kill(terminal.pid, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{pid}").exists() or "sender" not in Path(f"/proc/{pid}/cmdline").read_text())


def senders(parent: int) -> list[int]:
    from dojo.core.processes import children

    return [pid for pid in children(parent) if "dojo.watch.sender" in Path(f"/proc/{pid}/cmdline").read_text()]
