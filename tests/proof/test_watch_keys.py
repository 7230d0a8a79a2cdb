"""The keys of `make watch`: what each shows, asks and says."""

from __future__ import annotations

from pathlib import Path

from proof.watched import (
    HANGS,
    KATA,
    KEYS,
    RIGHT,
    WRONG,
    Watch,
    all_green,
    first_red,
    in_place,
)


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
