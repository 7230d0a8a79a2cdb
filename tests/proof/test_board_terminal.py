"""The board on a real terminal: its keys, its bell, and the terminal whole afterwards."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.core.start import command
from dojo.upkeep.terminal import Terminal
from proof.boards import Served, asked, begun, message, needs_the_server
from proof.watched import whole

needs_the_server()
Start = Callable[[], tuple[Terminal, Served]]
KEYS = "s swap  b break  c compare  e end"
FAKE = """
def run(wanted, side):
    import os
    print("compared", wanted, os.environ["SIDES"])
    return 0
"""


@pytest.fixture
def start(place: Path) -> Iterator[Start]:
    """`start()` shows the board on a terminal of 80 columns and 24 lines, and gives the way to its server, too."""
    started: list[Terminal] = []

    def begin() -> tuple[Terminal, Served]:
        shown = asked() | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}
        terminal = Terminal(command("dojo", "board", root=place), place, shown, (80, 24))
        started.append(terminal)
        screen = terminal.until("BOARD=")
        where, code = re.findall(r"BOARD=127.0.0.1:(\d+) CODE=(\S+)", screen)[0]
        served = Served(None, int(where), code)  # type: ignore[arg-type]
        assert served.enter() == 200
        return terminal, served

    yield begin
    for terminal in started:
        terminal.close()


def test_it_shows_runs_as_they_come_and_its_keys_do_what_they_say(start: Start) -> None:
    terminal, served = start()
    terminal.until(lambda screen: "89:" in screen and KEYS in screen)
    served.send(message(asks=True))
    terminal.until(lambda screen: "✗  2/12 ✗" in screen and "! help" in screen and "the end is eof (red)" in screen)
    terminal.press("b")
    terminal.until("break after this turn")
    terminal.press("b")
    terminal.until(lambda screen: "break after" not in screen and KEYS in screen)
    terminal.press("q")
    terminal.until("Ctrl-C leaves it to be gone on with")
    terminal.press("e")
    terminal.until("y ends it, any other key goes on")
    terminal.press("n")
    terminal.until(lambda screen: "y ends it" not in screen and KEYS in screen)
    terminal.resize((60, 20))
    terminal.until(lambda screen: KEYS in screen and all(len(line) <= 60 for line in screen.splitlines()))
    terminal.press("ey")
    assert terminal.wait() == 0
    assert whole(terminal) and "the session has ended" in terminal.screen
    assert "make retro SIDES=.dojo/session" in terminal.screen


def test_the_end_of_a_turn_rings_until_somebody_swaps(start: Start, place: Path) -> None:
    begun(place, 6.9)
    terminal, _ = start()
    terminal.until("red R1 → R2")
    terminal.until(lambda screen: screen.count("SWAP █") > 80 and "red: R2" in screen)
    while terminal.text.count("\a") < 2:
        assert terminal.read(60)
    terminal.press("s")
    terminal.until(lambda screen: "red R2 → R1" in screen and KEYS in screen)


def test_a_terminal_that_is_stopped_holds_up_no_team(start: Start) -> None:
    terminal, served = start()
    terminal.press("\x13")
    for number in range(50):
        assert served.send(message("gold", mark=("red", "hung")[number % 2]))[0] == 200
        if number < 3:
            terminal.read(1.1)  # it draws once a second
    terminal.press("\x11")
    terminal.until(lambda screen: "✗■✗■" in screen)


@pytest.mark.parametrize("how", ["\x03", signal.SIGTERM, signal.SIGHUP], ids=["ctrl-c", "SIGTERM", "SIGHUP"])
def test_who_leaves_it_can_go_on(how: str | signal.Signals, start: Start) -> None:
    terminal, served = start()
    served.send(message())
    terminal.press(how) if isinstance(how, str) else os.kill(terminal.pid, how)
    assert terminal.wait() == 0
    assert whole(terminal) and "the session is kept: make board goes on with it" in terminal.screen
    again, other = start()
    again.until("✗  2/12 ✗")
    assert other.code == served.code


def test_comparing_is_another_process_or_a_command_to_type(start: Start, place: Path) -> None:
    module = place / "tests/dojo/team/compare.py"
    module.unlink(missing_ok=True)
    terminal, served = start()
    terminal.press("c")
    terminal.until("there is nothing to compare yet")
    for team in ("blue", "gold"):
        served.send(message(team, "2.2"))
    served.send(message("red", "3.3"))
    terminal.until("(red)")
    terminal.press("c")
    terminal.until("make compare K=2.2 SIDES=.dojo/session")
    terminal.press("\x03")
    terminal.wait()
    module.write_text(FAKE)
    commands = place / "tests/dojo/commands.py"
    known = commands.read_text().replace("COMMANDS = (", 'COMMANDS = (Command("compare", "team.compare:run", "", "x"),')
    commands.write_text(known)
    terminal, _ = start()
    terminal.until("(red)")
    terminal.press("c")
    terminal.until(lambda screen: "compared 2.2 .dojo/session\nEnter shows the board again" in screen)
    terminal.press("\r")
    terminal.until(KEYS)
