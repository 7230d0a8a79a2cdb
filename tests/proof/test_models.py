"""What `make models` measures, on a tiny scale: every server does its visits, and no measurement hangs or fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from dojo.core.places import BadInput, all_katas
from dojo.upkeep import models, models_load, models_measured

KATAS = {kata.id for kata in all_katas()}
TINY = 0.2  # seconds

needs_servers = pytest.mark.skipif(
    not {model.program for model in models_measured.MODELS if model.program[0].isdigit()} <= KATAS,
    reason="a server that make models measures is not there",
)


def one(model: models_measured.Model, count: int = 10) -> models_measured.Row:
    (row,) = models_measured.rows((count,), TINY, (model,))
    return row


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who measures gives up a visit that does not end, on a slow machine as well. Who proves waits for it."""
    monkeypatch.setattr(models_load, "VISIT_SECONDS", 60.0)


@needs_servers
def test_the_server_of_one_client_at_a_time_is_held_up() -> None:
    row = one(next(model for model in models_measured.MODELS if model.name == "1.14 blocking"))
    # Its one thread is asleep in recv(), for the sake of a client that says nothing.
    assert (row.visits, row.median, row.p99, row.processor) == (0, None, None, None)
    assert row.note == "held up by the first idle client"


@needs_servers
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "model",
    [model for model in models_measured.MODELS if model.name != "1.14 blocking"],
    ids=lambda model: model.name,
)
def test_each_server_answers_visits(model: models_measured.Model) -> None:
    if model.program == "uvloop" and importlib.util.find_spec("uvloop") is None:
        pytest.skip("uvloop is not installed: its server was not measured")
    row = one(model)
    assert row.note == ""
    assert row.visits is not None and row.visits > 0
    assert row.median is not None and row.p99 is not None and 0 < row.median <= row.p99
    # ps(1) counts in hundredths of a second, which may be more than was used.
    assert row.processor is not None and (row.processor > 0 or not Path("/proc").is_dir())
    assert row.memory is not None and row.memory > 1
    assert row.busy is not None and row.busy > 0


@needs_servers
@pytest.mark.usefixtures("patient")
def test_what_is_said_of_a_server_that_ends_is_its_error() -> None:
    stay = 1100  # and none of them leaves: more than select() takes
    with models_measured.room(2 * stay + models_measured.SPARE_DESCRIPTORS) as limit:
        if limit < 2 * stay + models_measured.SPARE_DESCRIPTORS:
            pytest.skip(f"a process may open {limit} descriptors here: no server was brought to its end")
        row = one(models_measured.Model("3.11 select", "3.11"), 2 * stay)
    assert row.note == "ended: ValueError: filedescriptor out of range in select()"
    assert row.visits is None


def test_a_server_that_does_not_start_is_a_row_that_says_so() -> None:
    row = one(models_measured.Model("nobody", "9.9"))
    assert row.visits is None
    assert "9.9 did not start" in row.note


@needs_servers
@pytest.mark.skipif("7.7" not in KATAS, reason="the measurement 7.7 is not there")
def test_both_tables_are_printed_and_drawn_if_that_can_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert models.run(str(tmp_path / "plots"), counts=(10,), idle_counts=(10, 100), seconds=TINY) == 0
    printed = capsys.readouterr().out
    assert "10 connections: 5 idle, 1 slow, 4 active" in printed
    assert "held up by the first idle client" in printed
    assert "one wait, in microseconds" in printed
    drawn = {path.name for path in (tmp_path / "plots").iterdir()}
    if importlib.util.find_spec("matplotlib") is None:
        assert "matplotlib is not installed: nothing is drawn" in printed
    else:
        assert drawn == {"models.svg", "models.png", "waits.svg", "waits.png"}


def test_a_file_is_no_directory_for_the_plots(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot be a directory"):
        models.run(str(tmp_path / "file"))


@pytest.mark.skipif("7.7" not in KATAS, reason="the measurement 7.7 is not there")
def test_each_wait_costs_something() -> None:
    waits = list(models_measured.waits((10, 100)))
    assert {"select", "poll"} <= {wait.kind for wait in waits}
    assert all(wait.cost is not None and wait.cost > 0 for wait in waits)


def test_a_wait_that_cannot_be_done_says_why() -> None:
    with models_measured.room(2000) as limit:
        if limit < 2000:
            pytest.skip(f"a process may open {limit} descriptors here: select() was not given too many")
        (refused,) = (wait for wait in models_measured.waits((1500,)) if wait.kind == "select")
    assert refused.cost is None
    assert refused.note.startswith("ValueError: ")
