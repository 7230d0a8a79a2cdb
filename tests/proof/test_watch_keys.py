"""The keys of `make watch`: what each shows, asks and says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from proof.watched import (
    HANGS,
    KATA,
    KEYS,
    RIGHT,
    TESTS,
    WRONG,
    Watch,
    all_green,
    first_red,
    in_place,
    whole,
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
    terminal.press("p")  # leads back, green or not
    terminal.until(all_green)
    terminal.press("p")
    terminal.until("1.14  blocking_server")
    terminal.press("n")
    terminal.until(all_green)
    terminal.press("l1.1\r")
    terminal.until("1.1  accept_blocks")
    terminal.press("p")
    terminal.until("1.1 is the first")
    terminal.press("l2.8\r")
    terminal.until("2.8  nonblocking_server")
    terminal.press("n")
    assert KEYS in terminal.until("2.8 is the last")


def test_a_save_of_another_kata_is_told_and_not_judged(watch: Watch, two_chapters: Path, answer: Path) -> None:
    terminal = watch()
    terminal.until(first_red)
    in_place(answer, WRONG)
    terminal.until("[42]")  # from now on somebody tells of saves
    in_place(two_chapters / "katas/1_blocking/14_blocking_server.py", "")
    shown = terminal.until("1.14 was saved; 2.1 is judged here: p goes to it")
    assert first_red(shown), shown
    in_place(two_chapters / "katas/2_nonblocking/04_accepted_socket_blocking_mode.py", "")
    terminal.until("2.4 was saved; 2.1 is judged here: l goes to it, by its number")
    in_place(answer, RIGHT)
    assert "was saved" not in terminal.until(all_green), "it was about the last run"
    in_place(two_chapters / "katas/2_nonblocking/02_recv_has_four_outcomes.py", "")
    terminal.until("n goes to it")
    terminal.press("n")
    assert "was saved" not in terminal.until(lambda screen: "2.2  recv_has" in screen and "COULD NOT START" in screen)


def test_without_references_there_is_no_key_for_the_difference(watch: Watch, two_chapters: Path) -> None:
    shutil.rmtree(two_chapters / "solutions")
    terminal = watch()
    shown = terminal.until(first_red)
    assert "t tape" in shown and "d diff" not in shown
    terminal.press("d")
    assert "y does it" not in terminal.until("The reference is not in this copy."), "there is nothing to ask for"


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


def test_reset_asks_and_keeps_what_was_there(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, WRONG)
    terminal = watch()
    terminal.until("42")
    terminal.press("x")
    terminal.until("y does it, any other key leaves it")
    terminal.press("n")
    terminal.until(KEYS)
    assert answer.read_text(encoding="utf-8") == WRONG
    terminal.press("xy")
    shown = terminal.until(lambda screen: "nothing is written here yet" in screen and KEYS in screen)
    assert "2.1 is its stub again" in shown and "u brings yours back" in " ".join(shown.split())
    kept = list(two_chapters.glob(".dojo/sides/*/kept/*/*/*.py"))
    assert [path.read_text(encoding="utf-8") for path in kept] == [WRONG]
    terminal.press("u")
    terminal.until(lambda screen: "[42]" in screen and "2.1 is back" in screen)
    assert answer.read_text(encoding="utf-8") == WRONG


def test_reset_promises_nothing_where_nothing_was_kept(watch: Watch) -> None:
    terminal = watch()
    terminal.until(first_red)
    terminal.press("xy")
    assert "brings yours back" not in terminal.until("2.1 is its stub already")


def test_t_goes_through_the_tapes_in_order_one_at_a_time(watch: Watch, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch()
    shown = re.search(rf"Your tape, test (\d+) of {TESTS}", terminal.until(all_green))
    assert shown, terminal.screen
    for step in range(TESTS + 1):
        terminal.press("t")
        number = (int(shown[1]) - 1 + step) % TESTS + 1
        words = f"Your tape, test {number} of {TESTS}"
        terminal.until(lambda screen, words=words: words in screen and "Esc back" in screen)
        assert terminal.screen.count("Your tape") == 1
    terminal.press("\x1b")
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


LONG = (
    "def accept_pending(listener):\n    for number in range(30):  # no two alike, or they would be folded\n"
    "        listener.getsockname()\n        listener.setsockopt(1, 8, 4096 + number)\n"
    "    return listener.accept()\n\n\n# " + " ".join(f"word{number}" for number in range(40))
)


def test_t_shows_the_whole_tape_of_a_red_test_and_it_scrolls(watch: Watch, answer: Path) -> None:
    in_place(answer, LONG)
    terminal = watch(size=(80, 24))
    assert "rows left out" in terminal.until(first_red)
    terminal.press("t")
    shown = terminal.until(f"test 1 of {TESTS}")
    assert "left out" not in shown and "1 to 19 of 62 lines: space on, b back" in shown
    page_down, page_up, down, up = "\x1b[6~", "\x1b[5~", "\x1b[B", "\x1b[A"
    for keys, first in ((" ", 20), (down, 21), (up + up, 19), ("b", 1), (page_down * 2 + " ", 44), (page_up, 25)):
        terminal.press(keys)
        terminal.until(f"{first} to {first + 18} of 62")
    terminal.press("   ")
    assert "accept()" in terminal.until("44 to 62 of 62"), "the last call is not at the end of the tape"
    terminal.press("\x1b")
    terminal.until(first_red)


def test_the_difference_is_folded_at_words_and_scrolls_to_its_end(watch: Watch, answer: Path) -> None:
    in_place(answer, LONG)
    terminal = watch(size=(80, 24))
    terminal.until(first_red)
    terminal.press("dy")
    pages = [terminal.until("The reference says of itself")]
    while not (end := re.search(r"to (\d+) of \1 lines", pages[-1])):
        terminal.press(" ")
        pages.append(terminal.until(lambda screen: screen != pages[-1]))
    words = " ".join(pages).split()
    assert {f"word{number}" for number in range(40)} <= set(words), pages
    assert end and "raise" in pages[-1], "the last line of the reference is not on the last page"
    assert f"solutions/{KATA} (the reference)" in " ".join(words)


def test_the_list_says_how_to_leave_and_refuses_what_it_does_not_take(watch: Watch) -> None:
    terminal = watch()
    terminal.until(first_red)
    terminal.press("l")
    assert ">2.1 " in terminal.until("Esc leaves")
    for key in ("t", "d"):
        terminal.press(key)
        terminal.until("type a number as in 2.1, then Enter; Esc leaves the list")
        terminal.press("2")
        terminal.until("leaves): 2")
        terminal.press("\x7f")
        terminal.until(lambda screen: screen.rstrip().endswith("leaves):"))
    terminal.press("\x1b")
    terminal.until(first_red)
    for wrong, words in (
        ("9.9", "there is no such chapter"),
        ("2.99", "there is no such kata"),
        ("..", "is not a kata"),
    ):
        terminal.press(f"l{wrong}\r")
        terminal.until(lambda screen, words=words: words in screen and first_red(screen))


def test_an_old_hint_is_gone_when_a_new_run_is_under_way(watch: Watch, answer: Path) -> None:
    terminal = watch()
    terminal.until(first_red)
    terminal.press("h")
    terminal.until("hint 1 of")
    in_place(answer, HANGS)
    assert "hint 1 of" not in terminal.until("testing, ")
    terminal.press("h")
    terminal.until("there is no hint before the tests end")
    assert "before the tests end" not in terminal.until("HUNG")


def test_what_is_typed_while_it_collects_is_kept_and_not_echoed(watch: Watch) -> None:
    terminal = watch()
    terminal.until("collecting the suites")
    terminal.press("h")
    terminal.until("hint 1 of")
    assert not re.search(r"(?m)^h\r?$|…h", terminal.text), "the key was echoed"


def test_q_ends_the_collecting(watch: Watch) -> None:
    terminal = watch()
    terminal.until("collecting the suites")
    terminal.press("q")
    assert terminal.wait() == 0
    assert whole(terminal)
    assert f"of {TESTS} green" not in terminal.text
