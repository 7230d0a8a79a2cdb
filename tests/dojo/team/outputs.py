"""What `make judge` writes beside its page: results.json, junit.xml, grades.csv, and the matrix on the terminal.

results.json is a list with one object an answer, each as exercism's test runners write it
(its interface specification, version 3), with the team, the kata and where it was judged.
junit.xml keeps to the schema of Jenkins (junit-10.xsd): a suite a team, its verdicts as
properties.
"""

from __future__ import annotations

import ast
import csv
import inspect
import io
import json
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from dojo.core.columns import columns, fit, pad
from dojo.core.places import Kata
from dojo.core.screen import Screen
from dojo.report import progress
from dojo.report.others import sentence
from dojo.sandbox.verdict import Kind
from dojo.team.results import Result, Told
from dojo.team.sides import Answer

NAME = 20  # columns of a team's name
CELL = 5  # columns of a kata
PASS, FAIL, ERROR = "pass", "fail", "error"
STATUS = {Kind.PASSED: PASS, Kind.FAILED: FAIL, Kind.LEAKED: FAIL}  # each other kind is an error
COLUMNS = (
    "team", "kata", "name", "mark", "passed", "total", "skipped", "verdict", "first red test", "note", "digest",
    "host", "python", "suites",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One answer, judged or not."""

    answer: Answer
    total: int  # tests of the kata
    result: Result | None = None
    why: str = ""  # there is no result

    @property
    def mark(self) -> str:
        """As in `make`; a file that cannot be read is red."""
        if self.result is not None:
            return self.result.mark
        return progress.RED if self.answer.refused else progress.UNTOUCHED

    @property
    def passed(self) -> int:
        """How many tests are green."""
        return 0 if self.result is None else self.result.kinds.count(Kind.PASSED)

    @property
    def skipped(self) -> int:
        """How many tests this machine cannot show."""
        return 0 if self.result is None else self.result.kinds.count(Kind.SKIPPED)

    @property
    def verdict(self) -> str:
        """The verdict on the first red test, or why nothing was judged."""
        if self.result is None:
            return Kind.COULD_NOT_START.word if self.answer.refused else self.why
        first = self.result.first
        return first.kind if first else (Kind.PASSED if self.mark == progress.GREEN else Kind.SKIPPED).word

    @property
    def note(self) -> str:
        """What else there is to know of the verdict."""
        twice = [one for one in self.result.tests if one.before] if self.result else []
        return "; ".join([self.answer.refused, *map(judged_twice, twice)]).strip("; ")


def judged_twice(test: Told) -> str:
    """Both verdicts on a test that was judged on a busy machine, and then alone."""
    return (
        f"{sentence(test.test)}: {test.before} on a busy machine, where it waited {test.starved:.1f} s; "
        f"judged once more, alone: {test.kind}"
    )


def matrix(rows: Sequence[Row], screen: Screen) -> list[str]:
    """A mark for each team and kata, as many katas beside each other as there is room for."""
    teams = list(dict.fromkeys(row.answer.team for row in rows))
    katas = list(dict.fromkeys(row.answer.kata for row in rows))
    known = {(row.answer.team, row.answer.kata): row for row in rows}
    green = {team: sum(known[team, kata].mark == progress.GREEN for kata in katas) for team in teams}
    width = min(NAME, max(map(columns, teams)))
    each = max(1, (screen.width - width - 2 - len(f"{len(katas)}/{len(katas)}") - 1) // CELL)
    lines = []
    for begin in range(0, len(katas), each):
        block = katas[begin : begin + each]
        lines.append(screen.paint(" " * (width + 2) + "".join(f"{kata.id:<{CELL}}" for kata in block), "bold").rstrip())
        for team in teams:
            cells = []
            for kata in block:
                mark = known[team, kata].mark
                cells.append(screen.paint(screen.spell(f"{progress.SIGNS[mark]:<{CELL}}"), progress.MARK_COLOURS[mark]))
            end = f"{green[team]}/{len(katas)}" if block[-1] == katas[-1] else ""
            lines.append(f"{screen.spell(pad(fit(team, width), width))}  {''.join(cells)}{end}".rstrip())
        lines.append("")
    signs = dict.fromkeys(row.mark for row in rows)
    lines.append(screen.spell("  ".join(f"{progress.SIGNS[mark]} {mark}" for mark in progress.SIGNS if mark in signs)))
    return lines


def results_json(rows: Sequence[Row], code: Callable[[Kata, str], str]) -> bytes:
    """One object an answer; `code` gives the code of a kata's test."""
    found = [_exercism(row, code) for row in rows]
    return json.dumps(found, indent=1, ensure_ascii=False).encode()


def _exercism(row: Row, code: Callable[[Kata, str], str]) -> dict[str, Any]:
    kata, result = row.answer.kata, row.result
    tests: list[dict[str, Any]] = []
    for test in result.tests if result else []:
        kind = Kind.named(test.kind)
        if kind is Kind.SKIPPED:
            continue
        message = test.message or ("" if kind.good else f"{test.kind}: {kind.means}")
        message = f"{judged_twice(test)}\n\n{message}".strip() if test.before else message
        one = {"name": sentence(test.test), "status": STATUS.get(kind, ERROR), "test_code": code(kata, test.test)}
        one |= {name: value for name, value in (("message", message), ("output", test.output)) if value}
        tests.append(one)
    states = {one["status"] for one in tests}
    status = ERROR if states <= {ERROR} else FAIL if states - {PASS} else PASS
    words = row.answer.refused or row.why or next((one["message"] for one in tests if "message" in one), "")
    if result is not None and not tests:
        words = f"{progress.ELSEWHERE}: {result.tests[0].message}"
    found: dict[str, Any] = {"version": 3, "status": status, "message": words if status == ERROR else None}
    found |= {"tests": tests, "team": row.answer.team, "kata": kata.id, "mark": row.mark}
    if result is not None:
        skipped = [{"name": sentence(one.test), "reason": one.message} for one in result.tests if one.kind == "skipped"]
        found |= {"host": result.host, "python": result.python, "suites": result.suites, "skipped": skipped}
    return found


def code_of(function: Callable[..., object]) -> str:
    """The body of a test, as it stands in its suite."""
    try:
        lines = textwrap.dedent(inspect.getsource(function))
        definition = ast.parse(lines).body[0]
    except (OSError, SyntaxError):
        return ""
    assert isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef)
    return textwrap.dedent("\n".join(lines.splitlines()[definition.body[0].lineno - 1 :]))


def junit_xml(rows: Sequence[Row]) -> bytes:
    """A suite a team; an answer that was not judged is a test that is skipped, or an error where it cannot be read."""
    root = ET.Element("testsuites")
    for team in dict.fromkeys(row.answer.team for row in rows):
        suite = ET.SubElement(root, "testsuite", name=team)
        properties = ET.SubElement(suite, "properties")
        seconds = 0.0
        for row in (row for row in rows if row.answer.team == team):
            value = f"{row.mark}, {row.passed} of {row.total}: {row.verdict}"
            ET.SubElement(properties, "property", name=f"verdict {row.answer.kata.id}", value=value)
            seconds += sum(test.seconds for test in row.result.tests) if row.result else 0.0
            _cases(suite, row)
        hosts = sorted({row.result.host for row in rows if row.result and row.answer.team == team})
        counts = {what: len(list(suite.iter(what))) for what in ("failure", "error", "skipped")}
        suite.attrib |= {
            "tests": str(len(list(suite.iter("testcase")))),
            "failures": str(counts["failure"]),
            "errors": str(counts["error"]),
            "skipped": str(counts["skipped"]),
            "time": f"{seconds:.3f}",
            "timestamp": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S"),
            "hostname": ", ".join(hosts),
        }
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _cases(suite: ET.Element, row: Row) -> None:
    kata, spell = row.answer.kata, Screen.plain().spell
    name = f"{kata.id} {kata.name}"
    if row.result is None:
        case = ET.SubElement(suite, "testcase", classname=name, name=kata.name, time="0.000")
        if row.answer.refused:
            ET.SubElement(case, "error", type=row.verdict, message=spell(row.answer.refused))
        else:
            ET.SubElement(case, "skipped", message=row.why)
    for test in row.result.tests if row.result else []:
        title = spell(sentence(test.test))
        case = ET.SubElement(suite, "testcase", classname=name, name=title, time=f"{test.seconds:.3f}")
        kind = Kind.named(test.kind)
        if kind in (Kind.SKIPPED, Kind.LEFT_OUT):
            ET.SubElement(case, "skipped", message=spell(test.message or kind.means))
        elif not kind.good:
            what = "failure" if STATUS.get(kind) == FAIL else "error"
            message = judged_twice(test) if test.before else kind.means
            ET.SubElement(case, what, type=test.kind, message=spell(message)).text = spell(test.message)
        if test.output:
            ET.SubElement(case, "system-out").text = spell(test.output)


def grades_csv(rows: Sequence[Row]) -> bytes:
    """A line an answer (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        kata, result = row.answer.kata, row.result
        first = result.first if result else None
        where = (result.host, result.python, result.suites) if result else ("", "", "")
        counts = (row.passed, row.total, row.skipped)
        what = (row.verdict, sentence(first.test) if first else "", row.note, row.answer.digest)
        writer.writerow([row.answer.team, kata.id, kata.name, row.mark, *counts, *what, *where])
    return text.getvalue().encode()
