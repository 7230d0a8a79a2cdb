"""Whatever an answer does, its test gets the right verdict, and the next test its own.

All of them are judged in one run, in each way in which people judge; the runs overlap.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT
from dojo.core.screen import Screen
from dojo.core.start import command
from dojo.report.failure import render
from dojo.sandbox.verdict import Verdict
from proof.corpus import ANSWERS, PLACE, SOLUTION, TEST, Answer
from proof.marked import left

WAYS = {"pytest": [], "xdist": ["-n", "2"], "pool": ["-s"]}
HIGH = 500  # a descriptor to which one of the answers writes
UNSEEN = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2029\u2030-\uffff]")  # what acts on a terminal instead of showing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what a test takes, and shows it")


@dataclass
class Run:
    """What came of judging all of them in one way."""

    said: str
    verdicts: dict[str, dict[str, Any]]
    between: list[str]
    left: dict[int, str]
    files: list[str]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Run]]:
    """Every way, side by side."""
    started = {}
    opened = fcntl.fcntl(2, fcntl.F_DUPFD, HIGH)  # as a shell may have it open
    for way, arguments in WAYS.items():
        where = tmp_path_factory.mktemp(way)
        (where / "tmp").mkdir()
        shutil.copytree(PLACE, where / "answers")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        environment |= {"TMPDIR": str(where / "tmp")}
        environment |= {"CORPUS_ANSWERS": str(where / "answers")}
        environment |= {"CORPUS_WAY": way, "CORPUS_VERDICTS": str(where / "verdicts"), "DOJO_MARK": uuid.uuid4().hex}
        started[way] = (
            where,
            environment["DOJO_MARK"],
            subprocess.Popen(
                command(
                    "pytest",
                    "-q",
                    "-p",
                    "proof.corpus",
                    "--side=solutions",
                    f"--basetemp={where}/base",
                    *arguments,
                    TEST,
                ),
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[opened],
            ),
        )
    os.close(opened)
    made = {}
    try:
        for way, (where, mark, process) in started.items():
            said, _ = process.communicate(timeout=600)
            verdicts, between = {}, []
            for line in (where / "verdicts").read_text().splitlines():
                verdict = Verdict.from_json(json.loads(line))
                if verdict.module == str(SOLUTION):
                    between.append(f"{verdict.kind.word} {verdict.got}".strip())
                else:
                    verdicts[Path(verdict.module).stem] = verdict
            files = [path.name for path in (where / "tmp").iterdir()]
            made[way] = Run(said.decode(), verdicts, between, left(mark), files)
        yield made
    finally:
        for _, _, process in started.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.path.stem)
def test_a_hostile_answer_gets_the_right_verdict(answer: Answer, runs: dict[str, Run]) -> None:
    for way in WAYS:
        verdict = runs[way].verdicts[answer.path.stem]
        assert wrong(answer, verdict) == "", (way, verdict.kind.word)
        # One that hangs would do so for ever, and the engine has ended it: when, is the machine's as well.
        assert "busy loop" not in verdict.got or verdict.seconds >= answer.deadline, way


def wrong(answer: Answer, verdict: Verdict) -> str:
    """What is not as the answer declares it; empty if nothing."""
    shown = "\n".join(render(verdict, Screen.plain()))
    right = verdict.kind.word in answer.verdicts and answer.words in " ".join(shown.split())
    return "" if right and not UNSEEN.search(shown) and len(shown) < 5000 else shown


@pytest.mark.parametrize("way", WAYS)
def test_the_next_test_has_its_own_verdict(way: str, runs: dict[str, Run]) -> None:
    assert runs[way].between == ["passed"] * len(ANSWERS)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_left_behind(way: str, runs: dict[str, Run]) -> None:
    assert runs[way].left == {}, "processes"
    assert runs[way].files == [], "files"


@pytest.mark.parametrize("way", WAYS)
def test_nothing_acts_on_the_terminal(way: str, runs: dict[str, Run]) -> None:
    found = UNSEEN.search(runs[way].said)
    assert found is None, repr(runs[way].said[max(0, found.start() - 200) : found.end() + 20])
    assert "INTERNALERROR" not in runs[way].said
