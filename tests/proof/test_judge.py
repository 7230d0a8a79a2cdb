"""`make judge`: every side has its own verdicts, whatever the others do, and what is written can be read by others."""

from __future__ import annotations

import ast
import csv
import dataclasses
import html.parser
import json
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dojo.core.columns import columns
from dojo.core.environment import environment
from dojo.core.places import PROOF, ROOT, choose
from dojo.core.screen import Screen
from dojo.core.start import command
from dojo.report.others import sentence
from dojo.sandbox.verdict import Kind
from dojo.team import outputs, results, sides
from dojo.team.judging import Job
from dojo.team.meter import Progress
from dojo.team.results import Journal, Result, Told
from proof.courses import FIRST, HANGS, SECOND, WRONG, hand_in, refused, solution, trained

LOUD = "def accept_pending(listener):\n    print('</pre><script>x</script>]]>\\x00\\x1b[31m')\n    return 1\n"


def judged(place: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """`make judge` on the sides in a place, into the directory `out` beside it."""
    return trained("judge", place, **more)


def sentences_of_first() -> list[str]:
    """The tests of 2.1 as sentences, in their order; of one that has cases each case."""
    found = []
    for node in ast.parse(choose("2.1")[0].suite.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            given = [ast.unparse(one) for one in node.decorator_list]
            cases = [ast.literal_eval(one.partition(", ")[2][:-1]) for one in given if "parametrize(" in one]
            found += [sentence(f"{node.name}[{case}]") for case in cases[0]] if cases else [sentence(node.name)]
    return found


def rows(place: Path) -> dict[tuple[str, str], dict[str, str]]:
    """grades.csv by team and kata."""
    with open(f"{place}-out/grades.csv", newline="", encoding="utf-8") as file:
        return {(row["team"], row["kata"]): row for row in csv.DictReader(file)}


def journal(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(f"{place}-out/judged.jsonl").read_text().splitlines() if line]


TEAMS = {
    "right": solution(),
    "right as well": solution(),
    "wrong": WRONG,
    "hangs": HANGS,
    "exits": PROOF / "hostile" / "exits_with_status_0.py",
    "kills <who> & \"judges\"": PROOF / "hostile" / "kills_who_judges.py",
    "removes": PROOF / "hostile" / "removes_its_file.py",
    "commands": PROOF / "hostile" / "prints_what_commands_the_terminal.py",
    "forks": PROOF / "hostile" / "leaves_a_child.py",
    "no text": b"\xff\xfe\x00",
    "untouched": choose("2.1")[0].stub,
    "ünïted 日本": LOUD,
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Sides with answers of every kind to 2.1; two of them have a right answer to 2.2, the others none."""
    place = tmp_path_factory.mktemp("course") / "teams"
    for team, text in TEAMS.items():
        hand_in(place, team, text)
    for team in ("right", "forks"):
        hand_in(place, team, solution(SECOND), SECOND)
    (place / "nobody").mkdir()
    os.mkfifo(place / "hangs" / SECOND)
    (place / "wrong" / SECOND).symlink_to(solution(SECOND))
    (place / "README").write_text("is no team")
    (place / ".git").mkdir()
    return place, judged(place)


Course = tuple[Path, subprocess.CompletedProcess[str]]


def test_every_side_has_its_own_verdicts_whatever_the_others_do(course: Course) -> None:
    place, ran = course
    assert ran.returncode == 0, ran.stderr
    found = rows(place)
    first = {team: found[team, "2.1"]["verdict"] for team, _ in found}
    assert first == {
        "right": "passed",
        "right as well": "passed",
        "wrong": "failed",
        "hangs": "hung",
        "exits": "died",
        "kills <who> & \"judges\"": "died",
        "removes": "could not start",
        "commands": first["commands"],
        "forks": first["forks"],
        "no text": "could not start",
        "untouched": "not begun",
        "ünïted 日本": "failed",
        "nobody": "nothing was handed in",
    }  # fmt: skip
    assert {first["commands"], first["forks"]} <= {"failed", "hung", "died", "leaked"}
    assert {team for (team, kata), row in found.items() if kata == "2.2" and row["mark"] == "green"} == {
        "right",
        "forks",
    }
    assert "a FIFO" in found["hangs", "2.2"]["note"]
    assert "leads out of its side" in found["wrong", "2.2"]["note"], "the reference is nobody's answer"
    assert str(place) not in Path(f"{place}-out/grades.csv").read_text(encoding="utf-8")


def test_the_matrix_fits_and_shows_every_team(course: Course) -> None:
    *lines, written = course[1].stdout.splitlines()
    assert written.startswith("written to ")
    assert max(map(len, lines)) <= 80
    assert re.search(r"^right +✓ +✓ +2/2$", course[1].stdout, re.MULTILINE)
    assert re.search(r"^hangs +■ +✗ +0/2$", course[1].stdout, re.MULTILINE)
    assert re.search(r"^nobody +○ +○ +0/2$", course[1].stdout, re.MULTILINE)
    assert "\x1b" not in course[1].stdout + course[1].stderr


def test_the_same_text_is_judged_once(course: Course) -> None:
    place, _ = course
    keys = [line["key"] for line in journal(place)]
    assert len(set(keys)) == len(TEAMS) - 2 + 1, "two are the same, one is a stub; and one text for 2.2"
    found = rows(place)
    assert found["right", "2.1"]["digest"] == found["right as well", "2.1"]["digest"]


def test_grades_are_read_by_the_csv_module(course: Course) -> None:
    found = rows(course[0])
    assert len(found) == 2 * (len(TEAMS) + 1)
    assert all(None not in row and list(row) == list(outputs.COLUMNS) for row in found.values())
    right = found["right", "2.1"]
    assert right["passed"] == right["total"] == str(len(sentences_of_first()))
    assert right["host"] and right["python"] == ".".join(map(str, sys.version_info[:3]))


def test_results_are_what_exercism_specifies(course: Course) -> None:
    """docs/building/tooling/test-runners/interface.md in exercism/docs, version 3."""
    found = json.loads(Path(f"{course[0]}-out/results.json").read_text(encoding="utf-8"))
    assert len(found) == 2 * (len(TEAMS) + 1)
    for one in found:
        assert one["version"] == 3
        assert one["status"] in ("pass", "fail", "error")
        assert isinstance(one["tests"], list)
        assert (one["message"] is not None) == (one["status"] == "error")
        states = {test["status"] for test in one["tests"]}
        assert states <= {"pass", "fail", "error"}
        assert (one["status"] == "pass") == (states == {"pass"})
        for test in one["tests"]:
            assert set(test) <= {"name", "status", "test_code", "message", "output"}
            assert test["name"] and test["test_code"]
            assert len(test.get("output", "")) <= 500
            assert (test["status"] == "pass") == ("message" not in test)
    by = {(one["team"], one["kata"]): one for one in found}
    suite = [item["name"] for item in by["right", "2.1"]["tests"]]
    assert suite == sentences_of_first()
    assert by["no text", "2.1"]["status"] == "error"
    assert by["nobody", "2.1"]["message"] == "nothing was handed in"
    assert by["right", "2.1"]["tests"][0]["test_code"].startswith("listener.setblocking(False)\nassert ")
    assert "def test" not in by["right", "2.1"]["tests"][0]["test_code"]


# What an element may hold, in this order, and its attributes; those with ! have to be there (Jenkins, junit-10.xsd).
SCHEMA = {
    "testsuites": (["testsuite"], "name time tests failures errors disabled"),
    "testsuite": (
        ["properties", "testcase", "system-out", "system-err"],
        "name! tests! failures! errors! group time skipped timestamp hostname id package file log url version",
    ),
    "properties": (["property"], ""),
    "property": ([], "name! value!"),
    "testcase": (
        ["skipped", "error", "failure", "system-out", "system-err"],
        "name! assertions time classname status class file line group url",
    ),
    "failure": ([], "type message"),
    "error": ([], "type message"),
    "skipped": ([], "type message"),
    "system-out": ([], ""),
    "system-err": ([], ""),
}


def test_junit_keeps_to_the_schema(course: Course) -> None:
    root = ET.parse(f"{course[0]}-out/junit.xml").getroot()
    assert root.tag == "testsuites"
    for element in root.iter():
        inside, attributes = SCHEMA[element.tag]
        places = [inside.index(child.tag) for child in element]
        assert places == sorted(places), element.tag
        assert set(element.attrib) <= {name.rstrip("!") for name in attributes.split()}
        assert {name.rstrip("!") for name in attributes.split() if name.endswith("!")} <= set(element.attrib)
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {*TEAMS, "nobody"}
    for suite in suites.values():
        for what, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(what) == str(len(list(suite.iter(tag))))
    properties = {one.get("name"): one.get("value") for one in suites["hangs"].iter("property")}
    assert str(properties["verdict 2.1"]).startswith("hung, 0 of ")


class Seen(html.parser.HTMLParser):
    """What a page has in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_whole_escaped_and_loads_nothing(course: Course) -> None:
    text = Path(f"{course[0]}-out/index.html").read_text(encoding="utf-8")
    seen = Seen()
    seen.feed(text)
    assert not {tag for tag, _ in seen.tags} & {"script", "link", "img", "iframe", "object", "form", "b"}
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on") or name == "src"]
    ids = {attributes["id"] for _, attributes in seen.tags if "id" in attributes}
    links = [str(attributes["href"]) for tag, attributes in seen.tags if tag == "a"]
    assert links and {link.removeprefix("#") for link in links} <= ids
    assert "url(" not in text and "@import" not in text
    assert "prefers-color-scheme: dark" in text
    for team in (*TEAMS, "nobody"):
        assert team in seen.text
    assert "</pre><script>x</script>]]>" in seen.text, "what an answer printed is text"
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", text)


def test_only_what_changed_is_judged_again(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    for team in ("red", "blue"):
        hand_in(place, team, solution())
    hand_in(place, "gold", WRONG)
    assert "of 2 different answers" in judged(place, K="2.1").stderr
    again = judged(place, K="2.1")
    assert again.stderr == ""
    hand_in(place, "blue", solution().read_bytes() + b"\n# other bytes\n")
    assert "of 1 different answers" in judged(place, K="2.1").stderr
    assert {team: row["mark"] for (team, _), row in rows(place).items()} == {
        "red": "green",
        "blue": "green",
        "gold": "red",
    }
    assert len(journal(place)) == 3, "earlier results are kept"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_stopped_in_the_middle_it_goes_on_where_it_was(how: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "teams"
    for number in range(12):
        hand_in(place, f"team {number}", solution().read_bytes() + b"# %d\n" % number)
    hand_in(place, "zzz", HANGS)
    asked = {"SIDES": str(place), "OUT": f"{place}-out", "K": "2.1", "ROOT": "yes"}
    running = subprocess.Popen(command("dojo", "judge"), cwd=ROOT, env=environment() | asked, stderr=subprocess.PIPE)
    kept = Path(f"{place}-out/judged.jsonl")
    while not kept.exists() or kept.read_bytes().count(b"\n") < 3:
        assert running.poll() is None
    running.send_signal(how)
    _, said = running.communicate()
    if how is not signal.SIGKILL:
        assert running.returncode == 130
        assert said.endswith(b"what was judged is kept: the same command goes on from there\nstopped\n")
    done = {line["key"] for line in journal(place)}
    with kept.open("ab") as file:
        file.write(b'\n{"key": "torn')
    ran = judged(place, K="2.1")
    assert ran.returncode == 0, ran.stderr
    assert f"of {13 - len(done)} different answers" in ran.stderr
    lines = [line for line in kept.read_text().splitlines() if line.endswith("}")]
    keys = [json.loads(line)["key"] for line in lines]
    assert len(keys) == len(set(keys)) == 13, "nothing that was decided is judged again"
    assert {row["mark"] for row in rows(place).values()} == {"green", "hung"}


def changed(place: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Write a result of the journal anew, as if the machine had been busy."""
    [line] = journal(place)
    change(line["tests"])
    Path(f"{place}-out/judged.jsonl").write_text(json.dumps(line) + "\n")


def test_what_hung_on_a_starved_machine_is_judged_once_more_alone_and_both_are_shown(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", solution())
    judged(place, K="2.1")

    def starved(tests: list[dict[str, Any]]) -> None:
        tests[0]["seconds"] = 99.0
        tests[2] |= {"kind": "hung", "starved": 3.5, "message": "a report"}
        for test in tests[3:]:
            test["kind"] = "left out"

    changed(place, starved)
    ran = judged(place, K="2.1")
    assert "alone, what hung or died on a busy machine" in ran.stderr
    row = rows(place)["red", "2.1"]
    assert (row["mark"], row["passed"]) == ("green", row["total"])
    both = "hung on a busy machine, where it waited 3.5 s; judged once more, alone: passed"
    assert both in row["note"]
    for name in ("index.html", "results.json"):
        assert both in Path(f"{place}-out/{name}").read_text(encoding="utf-8"), name
    tests = journal(place)[-1]["tests"]
    assert tests[0]["seconds"] == 99.0, "no other test is judged again"
    assert judged(place, K="2.1").stderr == "", "and never a third time"


@pytest.mark.parametrize("starved", [0.0, 4.0])
def test_what_hangs_is_judged_once_more_only_where_the_machine_was_busy(starved: float, tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", HANGS)
    judged(place, K="2.1")
    changed(place, lambda tests: tests[0].update(starved=starved))
    assert ("alone" in judged(place, K="2.1").stderr) == bool(starved)
    row = rows(place)["red", "2.1"]
    assert row["mark"] == "hung"
    assert ("judged once more, alone: hung" in row["note"]) == bool(starved)


def told(*kinds: str, **more: Any) -> list[Told | None]:
    return [Told(f"test_{place}", kind, **more) for place, kind in enumerate(kinds)]


def job(*tests: Told | None) -> Job:
    names = [type("Item", (), {"name": f"test_{place}"}) for place in range(len(tests))]
    return Job("key", choose("2.1")[0], b"", names, [*tests])  # type: ignore[arg-type]


def test_what_comes_behind_a_test_that_hung_is_left_out_whatever_arrived_first() -> None:
    one = job(*told("passed", "hung", "passed", "hung"))
    assert [test.kind for test in one.finished() or []] == ["passed", "hung", "left out", "left out"]
    assert job(*told("passed", "hung"), None).finished() is None
    broken = Told("test_0", "could not start", whole_kata=True)
    found = job(broken, *told("passed", "passed")).finished() or []
    assert [test.kind for test in found] == ["could not start"] * 3
    assert [test.test for test in found] == ["test_0", "test_1", "test_2"]


def test_a_full_disk_loses_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Journal(tmp_path / "judged.jsonl")
    one, other = (Result(key, FIRST, "host", "3", "0", [Told("test_a", "passed")]) for key in ("a", "b"))
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, data: real(file, data[:10]))  # as much as there was room for
        kept.add(one)
    assert kept.read() == {}
    kept.add(other)
    assert kept.read() == {"a": one, "b": other}


def test_an_answer_that_fills_the_disk_costs_its_own_verdict(tmp_path: Path) -> None:
    place, disk = tmp_path / "teams", tmp_path / "disk"
    disk.mkdir()
    fills = "import tempfile, time\n\ndef accept_pending(listener):\n    try:\n        while True:\n"
    fills += "            tempfile.NamedTemporaryFile(delete=False).write(b'x' * 9_000_000)\n"
    fills += "    except OSError:\n        time.sleep(1000)\n"
    for team in range(2):
        hand_in(place, f"fills {team}", fills + f"# {team}\n")
        hand_in(place, f"right {team}", solution().read_bytes() + b"# %d\n" % team)
    mount = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=40m tmpfs "$TMPDIR" && exec "$@"', "sh"]
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        pytest.skip("only root can mount a small disk here: a full one was not tried")
    asked = {"SIDES": str(place), "OUT": f"{place}-out", "K": "2.1", "ROOT": "yes", "TMPDIR": str(disk)}
    ran = subprocess.run(
        [*mount, *command("dojo", "judge")], cwd=ROOT, env=environment() | asked, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    marks = {team: row["mark"] for (team, _), row in rows(place).items()}
    assert {team for team, mark in marks.items() if mark == "green"} == {f"right {number}" for number in range(2)}


def test_three_hundred_sides_of_one_text_cost_one(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    for number in range(300):
        hand_in(place, f"team {number:03}", solution())
    ran = judged(place, K="2.1")
    assert ran.returncode == 0
    assert "of 1 different answers" in ran.stderr
    assert ran.stdout.count("✓") == 301
    assert len(rows(place)) == 300


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "holds no side"),
        (["Red", "red"], "holds two teams of one name: Red and red"),
        (["é", "e\u0301"], "two teams of one name"),
        (["a\x1b[31mb"], "a team cannot be called 'a\\x1b[31mb'"),
        (["a\nb"], "a team cannot be called 'a\\nb'"),
        (["a\\b"], "'\\\\' is in it"),
        (["a\u202eb"], "a team cannot be called 'a\\u202eb'"),
        (["=1+1"], "begins with a letter or a digit"),
        (["-rf"], "begins with a letter or a digit"),
        (["x" * 81], "80 characters at most"),
        ([f"team {number}" for number in range(1001)], "holds 1001 directories: 1000 sides are judged at most"),
    ],
    ids=lambda value: "",
)
def test_sides_that_are_none_are_one_line(names: list[str], words: str, tmp_path: Path) -> None:
    place = tmp_path / "teams"
    place.mkdir()
    for name in names:
        (place / name / "2_nonblocking").mkdir(parents=True)
    refused(judged(place), words)
    assert not Path(f"{place}-out").exists()


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", solution())
    refused(judged(place, SIDES=""), "make judge takes a directory of sides: SIDES=teams")
    refused(judged(place, SIDES=str(tmp_path / "nowhere")), "does not exist")
    refused(judged(place, SIDES="README.md"), "does not exist")
    refused(judged(place, SIDES="solutions"), "holds no side")
    refused(judged(place, K="9"), "there is no such chapter")
    refused(judged(place, OUT=str(place / "out")), "lies in SIDES=")
    refused(judged(place, OUT="README.md"), "cannot be written")
    if os.geteuid() == 0:
        for word in ("", "no", "/root"):
            refused(judged(place, ROOT=word), "as root that can change everything here")


def test_two_at_once_in_one_place_are_one_line(tmp_path: Path) -> None:
    import fcntl

    place = tmp_path / "teams"
    hand_in(place, "red", solution())
    (tmp_path / "teams-out").mkdir()
    with open(tmp_path / "teams-out" / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(judged(place), "another make judge writes to")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_nobody_may_read_costs_its_own_verdict(tmp_path: Path) -> None:
    hand_in(tmp_path, "red", "x").chmod(0)
    assert "Permission denied" in sides.read("red", tmp_path / "red", choose("2.1")[0]).refused


@pytest.mark.parametrize("what", ["fifo", "directory", "huge", "link to nowhere", "link to a device"])
def test_a_file_that_is_none_is_not_read(what: str, tmp_path: Path) -> None:
    answer = hand_in(tmp_path, "red", "")
    answer.unlink()
    if what == "fifo":
        os.mkfifo(answer)
    elif what == "directory":
        answer.mkdir()
    elif what == "huge":
        answer.write_bytes(b"#" * (2 << 20))
    else:
        answer.symlink_to("nowhere" if "nowhere" in what else "/dev/zero")
    found = sides.read("red", tmp_path / "red", choose("2.1")[0])
    assert found.data is None
    assert found.refused.startswith(FIRST), "and no path of theirs is named"


def test_many_katas_are_shown_in_blocks_of_80_columns() -> None:
    katas = choose("")
    made = [
        outputs.Row(sides.Answer(team, kata, b"x"), 3, why="not begun")
        for team in ("a" * 50, "日本" * 20, "b")
        for kata in katas
    ]
    lines = outputs.matrix(made, Screen.plain())
    assert max(map(columns, lines)) <= 80
    shown = " ".join(line for line in lines if line.startswith(" "))
    assert shown.split() == [kata.id for kata in katas]
    assert sum("0/70" in line for line in lines) == 3


def test_the_time_that_is_left_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    meter = Progress(5, 50, "")
    meter._began -= 100
    meter._shown -= 100
    meter.show(10)
    meter.show(11)
    assert re.fullmatch(
        r"judged 10 of 50 tests of 5 different answers: 100 s, about 400 s left\n", capsys.readouterr().err
    )


def test_what_is_kept_of_a_verdict_can_be_read_again(tmp_path: Path) -> None:
    kept = Journal(tmp_path / "judged.jsonl")
    one = Result("key", FIRST, "host", "3", "0", [Told("test_a", kind.word, 1.5, "m", "o") for kind in Kind])
    kept.add(one)
    for line in (b"[]", b"{}", b'{"key": 1}', json.dumps(dataclasses.asdict(one) | {"more": 1}).encode(), b"\xff"):
        with open(tmp_path / "judged.jsonl", "ab") as file:
            file.write(b"\n" + line)
    assert kept.read() == {"key": one}
    assert results.STARVED > 0


def test_a_copy_leaves_nothing_in_the_directory_of_temporary_files(course: Course, tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", PROOF / "hostile" / "leaves_a_deep_directory.py")
    (tmp_path / "tmp").mkdir()
    assert judged(place, K="2.1", TMPDIR=str(tmp_path / "tmp")).returncode == 0
    assert list((tmp_path / "tmp").iterdir()) == []
