"""What lies in rounds/ says what it is; `make stress` judges whether that is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo.core.places import Kata, all_katas
from dojo.judge.remote import Remote
from dojo.upkeep import claims

KEPT = [kata for kata in all_katas() if kata.kept("rounds")]


@pytest.mark.parametrize("kata", KEPT, ids=lambda kata: kata.id)
def test_a_round_is_ten_wrong_answers_and_three_right_ones(kata: Kata, judge: Remote) -> None:
    tests = judge.suite(kata.suite)
    said = {path.name: claims.of_round(kata, path, tests) for path in kata.kept("rounds")}
    wrong = [name for name in said if name.startswith("wrong_")]
    assert (len(wrong), len(said)) == (10, 13)
    assert sum(not said[name].words for name in wrong) <= 2, "so many wrong answers may not stay green"


def test_all_rounds_are_of_a_kata() -> None:
    place = Path(__file__).parent / "rounds"
    assert {path.parent for path in place.rglob("*.py")} == {
        path.parent for kata in KEPT for path in kata.kept("rounds")
    }
