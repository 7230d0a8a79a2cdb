"""Copies of the repository, for proofs and benches that must not touch this one."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from dojo.core.places import MADE, PROOF, ROOT, STUBS, all_katas


def learners_copy(target: Path, without: Collection[str] = ()) -> None:
    """The repository at `target` as a learner has it: nothing judged, every kata its stub, no proof but the stubs.

    `without` are names of files or directories to leave out, chapters for example.
    """

    def ignored(directory: str, names: list[str]) -> set[str]:
        left_out = {*MADE, *without} & set(names)
        if Path(directory).samefile(PROOF):
            left_out |= set(names) - {STUBS.name}
        return left_out

    shutil.copytree(ROOT, target, ignore=ignored)
    for kata in all_katas():
        if kata.directory not in without:
            shutil.copyfile(kata.stub, target / "katas" / kata.path)
