"""A sample of the mutants, and the list of those that live; `make mutants` judges them all."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from dojo.core.places import ROOT, Kata, all_katas
from dojo.judge.remote import Remote

pytest.importorskip("mutmut", reason="mutants: mutmut is not installed, see .ci/mutants.txt")

from dojo.upkeep.mutants import Suite, Trial, show
from dojo.upkeep.mutate import mutants
from dojo.upkeep.survivors import Entry, Malformed, file_of, listed

EACH = 3  # mutants of each kata, about

SOURCE = '''"""Says what it is."""

import socket


def first(sock: socket.socket, limit: int = 3) -> bytes:
    """Read once."""
    if limit > 4:
        raise ValueError("too much")
    try:
        return sock.recv(limit)
    except (BlockingIOError, TimeoutError):
        return b""
'''


@pytest.mark.parametrize("kata", all_katas(), ids=lambda kata: kata.id)
def test_a_mutant_is_killed_or_listed(kata: Kata, judge: Remote, tmp_path: Path) -> None:
    source, entries = (ROOT / "solutions" / kata.path).read_text(encoding="utf-8"), listed(kata)
    suite = Suite(kata, judge)
    for mutant in mutants(source, EACH):
        if mutant.name not in entries:
            file = tmp_path / "mutant.py"
            file.write_text(mutant.text, encoding="utf-8")
            assert suite.killer(judge, file), f"nothing notices this in line {mutant.line}: {mutant.name}"


def test_the_list_is_about_lines_that_are_there() -> None:
    known = {file_of(kata): kata for kata in all_katas()}
    files = (Path(__file__).parent / "survivors").rglob("*.*")
    for file in files:
        assert file in known, f"{file.name} is about no kata"
        lines = [line.strip() for line in (ROOT / "solutions" / known[file].path).read_text().splitlines()]
        for _, was, _ in listed(known[file]):
            assert set(was) <= set(lines), f"{file.name}: the solution has no line {was}"


def test_an_entry_that_lacks_something_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kata, file = all_katas()[0], tmp_path / "list.txt"
    monkeypatch.setattr("dojo.upkeep.survivors.file_of", lambda kata: file)
    monkeypatch.setattr("dojo.upkeep.survivors.ROOT", tmp_path)
    good = "in f\n- a\n+ b\nopen: nobody can tell.\n"
    file.write_text(good)
    assert [entry.is_open for entry in listed(kata).values()] == [True]
    for bad in ("in f\n- a\n+ b\n", "in f\n- a\nbecause\n", "- a\n+ b\nbecause\n", f"{good}\n{good}"):
        file.write_text(bad)
        with pytest.raises(Malformed):
            listed(kata)


def known(value: bool) -> Future[bool]:
    future: Future[bool] = Future()
    future.set_result(value)
    return future


def test_what_lives_is_shown_and_the_list_has_to_be_right(capsys: pytest.CaptureFixture[str]) -> None:
    dead, alive = mutants(SOURCE)[:2]

    def shown(sound: bool, *entries: Entry) -> tuple[int, int, bool]:
        lives = [known(False), known(True)]
        listed = {entry.name: entry for entry in entries}
        return show(Trial(all_katas()[0], known(sound), [dead, alive], lives, listed))

    assert shown(True) == (1, 2, False)
    assert f"+ {alive.now[0]}" in capsys.readouterr().out
    assert shown(True, Entry(alive.name, "it is as right")) == (1, 1, True)
    assert f"+ {alive.now[0]}" not in capsys.readouterr().out
    assert shown(True, Entry(alive.name, "open: nobody can show it")) == (1, 2, False)
    assert shown(True, Entry(alive.name, "as right"), Entry(dead.name, "as right")) == (1, 1, False)
    assert shown(False, Entry(alive.name, "as right")) == (1, 1, False)


def test_code_is_mutated_and_nothing_else() -> None:
    made = mutants(SOURCE)
    changed = {(mutant.line, *mutant.now) for mutant in made}
    assert {
        (8, "if limit >= 4:"),
        (8, "if limit > 5:"),
        (8, "if not (limit > 4):"),
        (9, "pass"),
        (11, "return sock.recv(None)"),
        (12, "except (TimeoutError,):"),
        (12, "except (BlockingIOError,):"),
    } <= changed
    # No docstring, no annotation, no import, and not the text of an error; a default is code.
    assert {line for line, *_ in changed} == {6, 8, 9, 11, 12, 13}
    assert [mutant.line for mutant in made] == sorted(mutant.line for mutant in made)
    assert len({mutant.text for mutant in made} | {SOURCE}) == len(made) + 1
