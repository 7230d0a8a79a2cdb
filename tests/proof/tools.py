"""What several proofs ask: whether a program is there, and whether somebody has begun a kata in this checkout."""

from __future__ import annotations

import os
import shutil

import pytest

from dojo.core.places import ROOT, Kata


def tool(program: str, untried: str, everywhere: bool = True) -> str:
    """Where a program is; without it the test is skipped, because `untried`.

    If CI is set it fails, unless the program is one that cannot be installed `everywhere`.
    """
    path = shutil.which(program)
    if path is not None:
        return path
    reason = f"{program} is not installed: {untried}"
    if os.environ.get("CI") and everywhere:
        pytest.fail(f"{reason}, and CI has to", pytrace=False)
    pytest.skip(reason)


def is_stub(kata: Kata) -> bool:
    """Whether a kata's file is as it is handed out."""
    handed_out = ROOT / "katas" / kata.path
    return handed_out.is_file() and handed_out.read_bytes() == kata.stub.read_bytes()
