"""What reset puts aside and undo brings back: which copy, in which order, and what is no answer at all."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from dojo.core import files
from dojo.core.places import BadInput
from dojo.learner import put_aside
from dojo.upkeep.races import Ground
from proof.grounds import kept, reset, save, undo


def test_undo_brings_back_what_was_there_last(ground: Ground) -> None:
    first, second = ground.text(), ground.text()
    for text in (first, second, first):
        save(ground, text)
        reset(ground)
    undo(ground)
    assert ground.answer.read_bytes() == first
    undo(ground)
    assert ground.answer.read_bytes() == second


@pytest.mark.parametrize("clock", [0, -(10**9), 1], ids=["stands", "goes back", "goes on"])
def test_twelve_resets_in_a_second_come_back_in_their_order(
    clock: int, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time_ns()

    def time_ns() -> int:
        nonlocal now
        now += clock
        return now

    monkeypatch.setattr(put_aside.time, "time_ns", time_ns)
    texts = [ground.text() for _ in range(12)]
    for text in texts:
        save(ground, text)
        reset(ground)
    assert [path.read_bytes() for path in kept(ground)] == texts[::-1]
    for text in texts[::-1]:
        undo(ground)
        assert ground.answer.read_bytes() == text
        ground.answer.unlink()


def test_an_editor_that_had_the_file_open_writes_into_the_copy(ground: Ground) -> None:
    save(ground, b"# before\n")
    with ground.answer.open("r+b", buffering=0) as editor:
        said = reset(ground)
        editor.write(b"# what was typed at last\n")
    assert "changed" not in said
    assert ground.answer.read_bytes() == ground.kata.stub.read_bytes()
    assert "what was written into it after it was kept" in undo(ground)
    assert ground.answer.read_bytes() == b"# what was typed at last\n"


def test_a_save_that_comes_during_a_reset_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ground, b"# before\n")
    swap = files.swap

    def saved_just_before(new: Path, place: Path) -> list[Path]:
        save(ground, b"# saved meanwhile\n")
        return swap(new, place)

    monkeypatch.setattr(files, "swap", saved_just_before)
    reset(ground)
    assert [path.read_bytes() for path in kept(ground)] == [b"# saved meanwhile\n"]


def test_a_file_that_is_saved_without_end_is_not_fought_for(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ground, b"# first\n")
    monkeypatch.setattr(files, "exchange", lambda one, other: False)
    put = files._put_where_nothing_is

    def saved_again(new: Path, place: Path) -> None:
        if place == ground.answer:
            save(ground, ground.text())
        put(new, place)

    monkeypatch.setattr(files, "_put_where_nothing_is", saved_again)
    with pytest.raises(BadInput, match="saved again and again"):
        reset(ground)
    assert len(kept(ground)) >= files.TRIES
    assert b"# first\n" in [path.read_bytes() for path in kept(ground)]


def test_a_stub_on_the_shelf_is_no_work_and_goes_after_an_hour(ground: Ground, monkeypatch: Any) -> None:
    text = save(ground, ground.text())
    reset(ground)
    assert "is in" not in undo(ground), "it is not told where the stub is kept"
    assert len(kept(ground)) == 1, "an editor may still have the stub open"
    assert "nothing is kept" in undo(ground)
    later = time.time_ns() + put_aside.STUBS_FOR + 10**9
    monkeypatch.setattr(put_aside.time, "time_ns", lambda: later)
    assert "nothing is kept" in undo(ground)
    assert kept(ground) == []
    assert ground.answer.read_bytes() == text


def make_unreadable(kind: str, path: Path) -> None:
    if kind == "a FIFO":
        os.mkfifo(path)
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    elif kind == "a directory":
        path.mkdir()
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as sock:
            here = Path.cwd()
            os.chdir(path.parent)  # the name of a socket has room for 107 bytes
            sock.bind(path.name)
            os.chdir(here)
    else:
        with path.open("wb") as file:
            file.truncate(700 << 20)


UNREADABLE = ["a FIFO", "a device", "a directory", "a socket", "larger than 1 MiB"]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_only_regular_files_up_to_a_size_are_read(kind: str, ground: Ground) -> None:
    text = save(ground, ground.text())
    reset(ground)
    ground.answer.unlink()
    make_unreadable(kind, ground.answer)
    there = ground.answer.lstat()
    for command in (reset, undo):
        with pytest.raises(BadInput, match=f"cannot be read: it is {kind}"):
            command(ground)
    assert os.path.samestat(there, ground.answer.lstat()), "it is where it was"
    assert [path.read_bytes() for path in kept(ground)] == [text]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_copy_that_cannot_be_read_is_passed_over(kind: str, ground: Ground) -> None:
    text = save(ground, ground.text())
    reset(ground)
    save(ground, ground.text())
    reset(ground)
    newest = kept(ground)[0]
    newest.unlink()
    make_unreadable(kind, newest)
    assert "is back" in undo(ground)
    assert ground.answer.read_bytes() == text
    assert kind in undo(ground)


def test_the_bound_is_a_mebibyte(ground: Ground) -> None:
    text = save(ground, b"#" * files.LIMIT)
    reset(ground)
    undo(ground)
    assert ground.answer.read_bytes() == text
    save(ground, b"#" * (files.LIMIT + 1))
    with pytest.raises(BadInput, match="larger than 1 MiB"):
        reset(ground)


def test_a_link_is_replaced_and_what_it_leads_to_is_not(ground: Ground, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_bytes(b"# mine\n")
    ground.answer.symlink_to(os.path.relpath(elsewhere, ground.answer.parent))
    reset(ground)
    assert not ground.answer.is_symlink()
    assert ground.answer.read_bytes() == ground.kata.stub.read_bytes()
    assert elsewhere.read_bytes() == b"# mine\n"
    assert [path.is_symlink() for path in kept(ground)] == [False]
    undo(ground)
    assert ground.answer.read_bytes() == b"# mine\n"
    ground.answer.unlink()
    ground.answer.symlink_to(tmp_path / "nowhere.py")
    with pytest.raises(BadInput, match="a link that leads nowhere"):
        reset(ground)


def test_an_answer_keeps_its_permissions(ground: Ground) -> None:
    save(ground, ground.text())
    ground.answer.chmod(0o600)
    reset(ground)
    assert ground.answer.stat().st_mode & 0o777 == 0o600


def test_a_side_on_another_file_system_loses_nothing(far: Ground) -> None:
    texts = [far.text() for _ in range(3)]
    for text in texts:
        save(far, text)
        reset(far)
        assert far.answer.read_bytes() == far.kata.stub.read_bytes()
    for text in texts[::-1]:
        undo(far)
        assert far.answer.read_bytes() == text
        far.answer.unlink()
    assert {path.read_bytes() for path in kept(far)} <= {far.kata.stub.read_bytes()}
    assert list(far.answer.parent.iterdir()) == []
