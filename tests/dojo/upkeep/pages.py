"""`make pages`: renew what the pages draw from the reference solutions and from the tree.

A page says what it wants between two comments, and gets it:
``<!-- tape name.svg 1.1 test_name -->`` a picture of that test on the reference, in a file beside the page,
``<!-- programs name.svg level edge -->`` one of small programs (small_programs.py),
``<!-- katas -->`` the map of the chapter, or of all chapters, ``<!-- defects -->`` what is
wrong in the document's programs and the test that sees it, ``<!-- report name -->`` one of
the kept reports, ``<!-- session -->`` a recorded one, ``<!-- green 2.1 -->`` what is shown of
a right answer, ``<!-- verdicts -->``, ``<!-- commands whose -->``,
``<!-- routes -->`` and ``<!-- layers -->`` what the engine says of itself, and ``<!-- proof -->``
how much is proved; each up to ``<!-- end -->``.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from dojo.commands import COMMANDS
from dojo.core.environment import environment
from dojo.core.places import PROOF, ROOT, Kata, all_katas, choose
from dojo.core.routes import ROUTES
from dojo.core.start import command
from dojo.judge.remote import Remote
from dojo.report.failure import rows_of
from dojo.report.others import sentence
from dojo.sandbox.verdict import Kind
from dojo.tape.folding import Row
from dojo.upkeep import recorded_session, small_programs
from dojo.upkeep.claims import told
from dojo.upkeep.pictures import drawn, on_a_page, timeless

BLOCKS = "tape|programs|katas|defects|report|session|green|verdicts|commands|routes|layers|proof"
BLOCK = re.compile(rf"<!-- ({BLOCKS}) ?([^>]*?) -->\n.*?<!-- end -->\n", re.DOTALL)
MAP = ROOT / "katas" / "README.md"
ENOUGH = 60  # characters of a brief that say what a kata is about, on its chapter's page
MAP_CHARACTERS = 110  # of a line in the map; a longer sentence ends at its colon, where what stands before is one
CLAUSE = 25  # characters; before a colon less than that says too little
TOOK = re.compile(r"  \d+\.\d s$", re.MULTILINE)  # behind a kata that takes half a second on a busy machine
LAYERS = ("core", "tape", "sandbox", "suite", "report", "judge", "learner", "watch", "team", "upkeep")  # bottom up
VERDICTS = [one for one in Kind if one not in (Kind.SKIPPED, Kind.LEFT_OUT)]  # that a report can show
Tapes = tuple[str, list[tuple[str, list[Row]]]]  # a title, and tapes with their headings


def all_pages() -> list[Path]:
    """Every page that has something drawn in it."""
    return [ROOT / "README.md", ROOT / "tests" / "README.md", MAP, *sorted((ROOT / "katas").glob("*/README.md"))]


def run(wanted: str, side: str) -> int:
    """Renew all pages."""
    judge = Remote(DOJO_TAPES="1")
    try:
        for page in all_pages():
            for path, text in renewed(page, judge).items():
                path.write_text(text, encoding="utf-8")
    finally:
        judge.close()
    return 0


def renewed(page: Path, judge: Remote) -> dict[Path, str]:
    """The texts of a page and of the pictures that it shows as they should be."""
    pictures: dict[Path, str] = {}

    def block(found: re.Match[str]) -> str:
        kind, what = found[1], found[2]
        if kind == "report":
            body = f"```text\n{_report(what)}```\n"
        elif kind == "session":
            body = f"```text\n{recorded_session.record()}\n```\n"
        elif kind == "katas":
            body = _katas(page)
        elif kind == "green":
            body = f"```text\n{_green(choose(what)[0])}\n```\n"
        elif kind == "verdicts":
            body = _table("verdict", "means", [(one.word, one.means) for one in VERDICTS])
        elif kind == "commands":
            body = _table("command", "does", [(f"`{one.line}`", one.help) for one in COMMANDS if one.whose == what])
        elif kind == "routes":
            body = _table("route", "katas", [(f"`{one.line}`: {one.help}", _linked(one.katas)) for one in ROUTES])
        elif kind == "proof":
            body = _proof()
        elif kind == "layers":
            body = _table("package", "holds", [(f"`{name}`", _first_line(name)) for name in LAYERS])
        elif kind == "defects":
            body = _defects()
        else:
            file, *told = what.split()
            title, tapes = _programs(told) if kind == "programs" else _tape(told, judge)
            pictures[page.parent / file] = drawn(title, tapes)
            body = on_a_page(file, title, tapes)
        return f"<!-- {kind}{' ' if what else ''}{what} -->\n{body}<!-- end -->\n"

    return {page: BLOCK.sub(block, page.read_text(encoding="utf-8"))} | pictures


def _linked(ids: str) -> str:
    """Katas as links of the map, in the order of a list."""
    return ", ".join(f"[{kata.id}]({kata.path})" for kata in choose(ids))


def _report(name: str) -> str:
    """A kept report; an answer of nobody's is shown at the place where a learner's would be."""
    text = (PROOF / "reports" / f"{name}.txt").read_text(encoding="utf-8")
    return re.sub(r"^  answer\.py", f"  katas/{choose(text.split()[1])[0].path}", text, flags=re.MULTILINE)


def _table(left: str, right: str, rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"| {one} | {other} |\n" for one, other in ((left, right), ("---", "---"), *rows))


def _proof() -> str:
    """How much `make check` proves, counted."""
    katas = all_katas()
    wrong, right = (sum(len(kata.kept(kind)) for kata in katas) for kind in ("mistakes", "alternatives"))
    hostile = len(list((PROOF / "hostile").glob("*.py")))
    lines = [
        f"{len(katas)} katas: each suite is green on its reference, and on {right} other right answers;",
        f"{wrong} wrong answers are red, each in the test that it names, with the words that it names;",
        f"{hostile} answers that exit, crash, fork, hang or tamper get the right verdict, three ways;",
        "the tape agrees with what strace(1) saw; lines and branches of the references are covered.",
    ]
    return "".join(f"- {line}\n" for line in lines)


def _green(kata: Kata) -> str:
    """What `make test` prints of a right answer of somebody's."""
    with tempfile.TemporaryDirectory() as side:
        answer = Path(side) / kata.path
        answer.parent.mkdir()
        shutil.copyfile(kata.kept("alternatives")[0], answer)
        asked = environment() | {"K": kata.id, "SIDE": side}
        ran = subprocess.run(command("dojo", "test"), cwd=ROOT, env=asked, capture_output=True, text=True, check=True)
        return TOOK.sub("", ran.stdout.replace(side, "katas")).strip()


def _first_line(package: str) -> str:
    """What a package holds: the first line of its docstring."""
    text = (ROOT / "tests" / "dojo" / package / "__init__.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]


def _katas(page: Path) -> str:
    """The map: a line for each kata. A chapter's page shows more of the brief than the map of all."""
    lines = ["| kata | the behaviour |", "| --- | --- |"]
    for kata in all_katas():
        if page == MAP or kata.directory == page.parent.name:
            words = _one_sentence(kata) if page == MAP else _first_words(kata)
            link = kata.path if page == MAP else Path(kata.path).name
            lines.append(f"| {kata.id} [{kata.name.replace('_', ' ')}]({link}) | {words} |")
    return "\n".join(lines) + "\n"


def _one_sentence(kata: Kata) -> str:
    """The first sentence of the brief, or what stands before its colon or semicolon if it is too long for a line."""
    first = _sentences(kata)[0]
    ends = [found.start() for found in re.finditer(r"[:;] ", first) if CLAUSE <= found.start() < MAP_CHARACTERS]
    return f"{first[: ends[-1]]}." if len(first) > MAP_CHARACTERS and ends else first


def _first_words(kata: Kata) -> str:
    words = ""
    for part in _sentences(kata):
        if len(words) < ENOUGH:
            words = f"{words} {part}".strip()
    return words


def _sentences(kata: Kata) -> list[str]:
    """The sentences of the brief's first paragraph, as a table takes them."""
    brief = ast.get_docstring(ast.parse(kata.stub.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(brief.split("\n\n")[1].split())
    return re.split(r"(?<=[.!?])\s", paragraph.replace("|", "\\|"))


def _defects() -> str:
    """What is wrong in the document's programs, each with the test that a kept wrong answer names."""
    lines = ["| no. | program | defect | kata | the test that is red |", "| --- | --- | --- | --- | --- |"]
    kept = (PROOF / "document.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for number, line in enumerate(kept, start=1):
        program, defect, answer = line.split("\t")
        kata = choose(f"katas/{Path(answer).parent}.py")[0]
        _, test, _ = told(PROOF / "mistakes" / f"{answer}.py")
        suite = f"../{kata.suite.relative_to(ROOT)}"
        lines.append(f"| {number} | {program} | {defect} | [{kata.id}]({kata.path}) | [{sentence(test)}]({suite}) |")
    return "\n".join(lines) + "\n"


def _tape(told: Sequence[str], judge: Remote) -> Tapes:
    """The tape of one test on the reference: the kata's number, and the test."""
    id_, test = told
    kata = choose(id_)[0]
    verdict = judge.judge(f"{kata.suite.relative_to(ROOT)}::{test}", ROOT / "solutions" / kata.path)
    if verdict.kind is not Kind.PASSED:
        raise RuntimeError(f"{id_} {test} is not green on the reference: there is nothing to draw")
    title = f"{id_}, {sentence(test)}"
    return title, [(title, timeless(rows_of(verdict)))]


def _programs(names: Sequence[str]) -> Tapes:
    """The tapes of small programs."""
    tapes = [(small_programs.heading(name), timeless(small_programs.rows(name))) for name in names]
    return "; ".join(heading for heading, _ in tapes), tapes
