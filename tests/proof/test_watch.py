"""`make watch` tests at every save, however it is made, and whatever an answer does meanwhile."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.core.start import command as started_by
from dojo.watch.saves import GONE
from proof.watched import (
    KATA,
    KEYS,
    RIGHT,
    TESTS,
    WRONG,
    Watch,
    all_green,
    environment,
    first_red,
    in_place,
)


def judged(two_chapters: Path) -> int:
    """How many runs there were: each leaves a mark."""
    return sum(log.read_text(encoding="utf-8").count("[") for log in two_chapters.glob(".dojo/sides/*/marks"))


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
    save: Callable[[Path, str], None], poll: str, watch: Watch, two_chapters: Path, answer: Path
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
    assert judged(two_chapters) == 3 or save is in_pieces or slowest >= GONE


def test_a_save_of_the_same_time_and_size_is_noticed(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, WRONG)
    terminal = watch()
    terminal.until("[42]")
    before = answer.stat()
    with answer.open("r+", encoding="utf-8") as file:
        file.write(WRONG.replace("42", "43"))
        file.flush()
        os.utime(file.fileno(), ns=(before.st_atime_ns, before.st_mtime_ns))
    terminal.until("[43]")


def test_a_burst_of_saves_ends_with_the_verdict_on_the_last(watch: Watch, two_chapters: Path, answer: Path) -> None:
    terminal = watch()
    terminal.until(KEYS)
    for number in range(50):
        in_place(answer, WRONG.replace("42", str(number)))
    terminal.until("[49]")
    while terminal.read(0.5):  # a save that came while the one before was read is judged once more
        pass
    assert "[49]" in terminal.screen
    assert judged(two_chapters) < 25


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


def test_support_code_that_changes_restarts_it(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch()
    terminal.until(all_green)
    suite = two_chapters / "tests" / "2_nonblocking" / "test_01_accept_would_block.py"
    text = suite.read_text(encoding="utf-8")
    in_place(suite, text + "\n\ndef test_of_tomorrow(kata):\n    assert not kata.accept_pending, 'tomorrow'\n")
    terminal.until(f"{TESTS} of {TESTS + 1} green")
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


def test_without_a_terminal_it_says_so_and_tests_once(two_chapters: Path, answer: Path) -> None:
    in_place(answer, RIGHT)
    ran = subprocess.run(
        started_by("dojo", "watch", root=two_chapters),
        cwd=two_chapters,
        env=environment() | {"K": "2.1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith("make watch needs a terminal, and this is none: the tests run once")
    assert "1 of 1 kata green on katas" in ran.stdout


def test_on_a_terminal_that_cannot_place_text_it_says_so_and_tests_once(watch: Watch, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch(TERM="dumb")
    assert terminal.wait() == 0
    assert terminal.screen.startswith("make watch needs a terminal, and this one cannot place text (TERM=dumb)")
    assert "1 of 1 kata green on katas" in terminal.screen and "\033" not in terminal.text
