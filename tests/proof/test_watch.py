"""`make watch` on a real terminal: every way to save, every key, and whatever an answer does meanwhile."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.core.places import ROOT, all_katas
from dojo.core.start import command as started_by
from dojo.upkeep.copies import learners_copy
from dojo.upkeep.terminal import Terminal
from dojo.watch.loop import GONE

KATA = "2_nonblocking/01_accept_would_block.py"
RIGHT = (ROOT / "solutions" / KATA).read_text(encoding="utf-8")
WRONG = "def accept_pending(listener):\n    return [42]\n"
HANGS = "def accept_pending(listener):\n    listener.setblocking(True)\n    return [listener.accept()]\n"
KEYS = "q quit"
Watch = Callable[..., Terminal]


def all_green(screen: str) -> bool:
    """The whole screen of 2.1 when all of it is right."""
    return "accept_would_block  8 of 8 green" in screen and "Your tape" in screen and KEYS in screen


def first_red(screen: str) -> bool:
    """The whole screen of 2.1 when its first test is not."""
    return "accept_would_block  0 of 8 green" in screen and "FAILED" in screen and KEYS in screen


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the repository with nothing judged in it yet; two chapters, and the katas are the stubs."""
    copy = tmp_path / "a path with spaces"
    learners_copy(copy, without={kata.directory for kata in all_katas() if kata.chapter > 2})
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def answer(place: Path) -> Path:
    return place / "katas" / KATA


@pytest.fixture
def watch(place: Path) -> Iterator[Watch]:
    """`watch(K)` starts it in the copy, on a terminal of 100 columns and 40 lines."""
    started: list[Terminal] = []

    def start(wanted: str = "2.1", command: list[str] | None = None, **more: str) -> Terminal:
        command = command or started_by("dojo", "watch", root=place)
        terminal = Terminal(command, place, environment() | {"K": wanted} | more, (100, 40))
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.close()


def environment() -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS", "DOJO"))
    }
    return kept | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}


def typed(place: Path) -> str:
    """The watch as a line of the shell: paths may have spaces."""
    return shlex.join(started_by("dojo", "watch", root=place))


def judged(place: Path) -> int:
    """How many runs there were: each leaves a mark."""
    log = place / ".dojo" / "progress"
    return log.read_text(encoding="utf-8").count("[") if log.exists() else 0


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def renamed_over(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}~")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def moved_away_and_written(path: Path, text: str) -> None:
    path.replace(path.with_name(f"{path.stem}.bak"))
    path.write_text(text, encoding="utf-8")


def deleted_and_created(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, encoding="utf-8")


def in_pieces(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)
            file.flush()


SAVES = [in_place, renamed_over, moved_away_and_written, deleted_and_created, in_pieces]


@pytest.mark.parametrize("save", SAVES)
@pytest.mark.parametrize("poll", ["", "1"], ids=["events", "polling"])
def test_a_save_is_noticed_however_it_is_made(
    save: Callable[[Path, str], None], poll: str, watch: Watch, place: Path, answer: Path
) -> None:
    terminal = watch(POLL=poll)
    terminal.until(lambda screen: first_red(screen) and (not poll or "times a second: POLL is set" in screen))
    slowest = 0.0
    for text, shown in ((RIGHT, all_green), (WRONG, first_red)):
        began = time.monotonic()
        save(answer, text)
        slowest = max(slowest, time.monotonic() - began)
        terminal.until(shown)
    # Every run leaves one mark: the first look, and one for each save. Only a save in several steps may take
    # more, and one in whose midst the file was away, or empty, for so long that it counts as gone.
    assert judged(place) == 3 or save is in_pieces or slowest >= GONE


def test_a_save_of_the_same_time_and_size_is_noticed(watch: Watch, place: Path, answer: Path) -> None:
    in_place(answer, WRONG)
    terminal = watch()
    terminal.until("[42]")
    before = answer.stat()
    with answer.open("r+", encoding="utf-8") as file:
        file.write(WRONG.replace("42", "43"))
        file.flush()
        os.utime(file.fileno(), ns=(before.st_atime_ns, before.st_mtime_ns))
    terminal.until("[43]")


def test_a_burst_of_saves_ends_with_the_verdict_on_the_last(watch: Watch, place: Path, answer: Path) -> None:
    terminal = watch()
    terminal.until(KEYS)
    for number in range(50):
        in_place(answer, WRONG.replace("42", str(number)))
    terminal.until("[49]")
    while terminal.read(0.5):  # a save that came while the one before was read is judged once more
        pass
    assert "[49]" in terminal.screen
    assert judged(place) < 25


def test_the_first_kata_that_is_not_green_comes_first_and_n_leads_on(watch: Watch, answer: Path) -> None:
    terminal = watch("")
    assert "1.1  accept_blocks" in terminal.until(KEYS)
    terminal.press("l")
    terminal.until("which kata")
    terminal.press("2.1\r")
    terminal.until(first_red)
    in_place(answer, RIGHT)
    shown = terminal.until(all_green)
    assert "Why it is right" in shown
    assert "Your tape" in shown
    terminal.press("n")
    terminal.until("2.2  recv_has_four_outcomes")
    terminal.press("p")
    terminal.until(all_green)


def test_hints_come_one_by_one_and_the_answer_only_if_it_is_asked_for_twice(watch: Watch, answer: Path) -> None:
    terminal = watch()
    terminal.until(first_red)
    terminal.press("h")
    terminal.until("hint 1 of")
    terminal.press("h")
    terminal.until("hint 2 of")
    terminal.press("d")
    terminal.until("not green yet")
    terminal.press("n")  # is no, here
    assert "solutions/2_nonblocking" not in terminal.until(KEYS)
    terminal.press("dy")
    terminal.until(f"solutions/{KATA} (the reference)")
    in_place(answer, RIGHT)
    terminal.until(all_green)
    terminal.press("d")
    terminal.until("your code is the reference, word for word")


def test_reset_asks_and_keeps_what_was_there(watch: Watch, place: Path, answer: Path) -> None:
    in_place(answer, WRONG)
    terminal = watch()
    terminal.until("42")
    terminal.press("xn")
    terminal.until(KEYS)
    assert answer.read_text(encoding="utf-8") == WRONG
    terminal.press("xy")
    terminal.until("nothing is written here yet")
    kept = list((place / ".dojo" / "kept").rglob("*.py"))
    assert [path.read_text(encoding="utf-8") for path in kept] == [WRONG]


def test_the_tape_of_every_test_can_be_seen(watch: Watch, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch()
    terminal.until(all_green)
    for number in (8, 7, 6):
        terminal.press("t")
        terminal.until(f"Your tape, test {number} of 8")


def test_a_syntax_error_is_one_clear_report_and_the_watch_goes_on(watch: Watch, answer: Path) -> None:
    terminal = watch()
    terminal.until(first_red)
    in_place(answer, "def accept_pending(listener:\n")
    shown = terminal.until("COULD NOT START")
    assert f"{KATA}:1: SyntaxError" in " ".join(shown.split())
    in_place(answer, RIGHT)
    terminal.until(all_green)


def test_a_kata_that_is_deleted_is_missed_and_found_again(watch: Watch, answer: Path) -> None:
    terminal = watch()
    terminal.until(first_red)
    answer.unlink()
    assert "cannot be read" in terminal.until("COULD NOT START")
    in_place(answer, RIGHT)
    terminal.until(all_green)


def test_the_keys_answer_while_a_test_hangs(watch: Watch, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch()
    terminal.until("testing, ")
    terminal.press("l")
    assert "which kata" in terminal.until("2.1 ○"), "the list was not shown while the test hung"
    terminal.press("\x1b")
    assert "HUNG" not in terminal.until("testing, ")
    terminal.until("HUNG")
    assert "listener.accept()" in terminal.screen


def test_ctrl_c_ends_the_run_and_then_the_watch(watch: Watch, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch()
    before = terminal.until("testing, ")
    terminal.press("\x03")
    terminal.until("the run of 2.1 was stopped")
    in_place(answer, RIGHT)
    terminal.until(all_green)
    terminal.press("\x03")
    assert terminal.wait() == 0, before


def test_the_terminal_is_whole_after_quitting(watch: Watch, place: Path, answer: Path) -> None:
    # The answer finds the terminal of the process that watches, makes it raw, and writes on it.
    in_place(
        answer,
        "import os, termios, tty\n\n\ndef accept_pending(listener):\n"
        "    for pid in os.listdir('/proc'):\n        try:\n"
        f"            if pid.isdigit() and os.readlink(f'/proc/{{pid}}/cwd') == {str(answer.parents[2])!r}:\n"
        "                terminal = os.open(os.readlink(f'/proc/{pid}/fd/0'), os.O_RDWR | os.O_NOCTTY)\n"
        "                tty.setraw(terminal)\n                os.write(terminal, b'\\x1b[?1049hgarbage')\n"
        "                os.close(terminal)\n"
        "        except (OSError, termios.error):\n            pass\n    return [42]\n",
    )
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", f"stty sane; {typed(place)}; stty -a"])
    terminal.until("42" if sys.platform == "linux" else first_red)
    # A test behind the first one may still be under way, and throw away what was typed (TCSAFLUSH).
    while "speed" not in terminal.screen:  # the first word of stty
        terminal.press("q")
        while "speed" not in terminal.screen and terminal.read(5):
            pass
    assert terminal.wait() == 0
    for mode in ("icanon", "echo", "isig", "opost"):
        # A q that was typed once more than needed is echoed into what stty prints.
        assert re.search(rf"(?<![-\w])q*{mode}\b", terminal.screen), terminal.screen


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_everything_it_started(how: signal.Signals, watch: Watch, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch()
    terminal.until("testing, ")
    os.kill(terminal.pid, how)
    assert terminal.wait() == 0
    if sys.platform == "linux":
        assert not [pid for pid in Path("/proc").glob("[0-9]*") if where(pid) == str(answer.parents[2])]


def where(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""


def test_the_screen_follows_the_window(watch: Watch) -> None:
    terminal = watch()
    wide = terminal.until(KEYS)
    terminal.resize((60, 30))
    terminal.until(lambda screen: screen != wide and "l list" in screen)
    assert max(len(line) for line in terminal.screen.splitlines()) <= 60


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed: Ctrl-Z and fg were not tried")
def test_ctrl_z_gives_the_shell_back_and_fg_the_watch(watch: Watch, place: Path, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch(command=["bash", "--norc", "--noprofile", "-i"], PS1="ready> ")
    terminal.until("ready> ")
    terminal.press(f"{typed(place)}\n")
    terminal.until("testing, ")
    terminal.press("\x1a")
    terminal.until(lambda screen: "Stopped" in screen and screen.endswith("ready> "))
    terminal.press("echo a $((6 * 7)) b\n")
    terminal.until("a 42 b")
    in_place(answer, RIGHT)
    terminal.press("fg\n")
    terminal.until(all_green)
    terminal.press("q")
    terminal.until(lambda screen: screen.endswith("ready> "))
    terminal.press("exit\n")
    terminal.wait()


def test_support_code_that_changes_restarts_it(watch: Watch, place: Path, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch()
    terminal.until(all_green)
    suite = place / "tests" / "2_nonblocking" / "test_01_accept_would_block.py"
    text = suite.read_text(encoding="utf-8")
    in_place(suite, text + "\n\ndef test_of_tomorrow(kata):\n    assert not kata.accept_pending, 'tomorrow'\n")
    terminal.until("8 of 9 green")
    in_place(suite, text + "\n\ndef test_(:\n")
    terminal.until("cannot be collected")
    in_place(suite, text)
    terminal.until(all_green)
    terminal.press("q")
    assert terminal.wait() == 0


def test_output_without_end_is_one_report(watch: Watch, answer: Path) -> None:
    in_place(answer, "def accept_pending(listener):\n    while True:\n        print('\\x1b[2J', 'x' * 1000)\n")
    terminal = watch()
    terminal.until("HUNG")
    assert "\\x1b[2J" in terminal.screen
    terminal.press("q")
    assert terminal.wait() == 0


def test_without_a_terminal_it_says_so_and_tests_once(place: Path, answer: Path) -> None:
    in_place(answer, RIGHT)
    ran = subprocess.run(
        started_by("dojo", "watch", root=place),
        cwd=place,
        env=environment() | {"K": "2.1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith("make watch needs a terminal, and this is none: the tests run once")
    assert "1 of 1 kata green on katas" in ran.stdout
