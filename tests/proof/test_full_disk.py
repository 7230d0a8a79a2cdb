"""Where nothing can be written, no copy is cut, and what is said of the work is true."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.core.places import BadInput
from dojo.learner import put_aside
from dojo.upkeep.races import Ground
from proof.grounds import kept, reset, save, undo, without_exchange


def limited(size: int, action: Callable[[], object]) -> str:
    """What is refused, in one line, where no file may grow beyond `size` bytes; empty if nothing is."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            action()
        except BadInput as error:
            os.write(write, str(error).encode())
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(write)
    os.waitpid(process, 0)
    with open(read) as told:
        return told.read()


@pytest.mark.parametrize("size", [0, 1, 20, 60, 100, 512, 4096, 1 << 20])
def test_a_full_disk_leaves_no_cut_copy(size: int, ground: Ground) -> None:
    texts = [save(ground, ground.text())]
    reset(ground)
    texts.append(save(ground, ground.text()))
    whole = (*texts, ground.kata.stub.read_bytes())
    for command in (reset, undo, reset):
        said = limited(size, lambda command=command: command(ground))
        assert "\n" not in said and "None" not in said and "Error" not in said, said
        assert "nothing was lost" not in said
        if said:
            assert said.endswith("is as it was"), said
        assert ground.answer.read_bytes() in whole
        assert all(path.read_bytes() in whole for path in kept(ground))
    assert ground.lost(*texts) == 0


def test_the_first_reset_of_all_on_a_full_disk_is_one_true_line(ground: Ground) -> None:
    text = save(ground, ground.text())
    said = limited(0, lambda: reset(ground))
    assert "File too large" in said
    assert said.endswith("is as it was")
    assert ground.answer.read_bytes() == text
    assert undo(ground), "and afterwards everything works"


@pytest.mark.parametrize("exchanged", [True, False], ids=["exchange", "no exchange"])
def test_what_fails_after_the_exchange_says_where_the_work_is(
    exchanged: bool, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        without_exchange(monkeypatch)
    text = save(ground, ground.text())
    shutil.rmtree(ground.home, ignore_errors=True)

    def fails(path: Path, target: Path) -> bool:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(put_aside.Shelf, "_rename", staticmethod(fails))
        with pytest.raises(BadInput) as refused:
            reset(ground)
    said = str(refused.value)
    assert "No space left on device" in said and "was replaced before" in said
    left = next(path for path in ground.answer.parent.iterdir() if ".aside" in path.name)
    assert said.endswith(f"what was there is in {left}")
    assert left.read_bytes() == text
    undo(ground)
    assert ground.answer.read_bytes() == text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_nobody_can_write_to_is_one_line(ground: Ground) -> None:
    text = save(ground, ground.text())
    ground.answer.parent.chmod(0o500)
    with pytest.raises(BadInput, match=r"Permission denied; .* is as it was"):
        reset(ground)
    ground.answer.parent.chmod(0o700)
    assert ground.answer.read_bytes() == text
