"""`make handout`: a copy that learners can set up and solve, also without a network, and that gives no answer away."""

from __future__ import annotations

import ast
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.commands import COMMANDS, LEARNER
from dojo.core.environment import environment
from dojo.core.places import PROOF, ROOT, all_katas, choose
from dojo.core.start import command
from dojo.team.handout_pages import LINK

SOLVED = "2.1"
# This machine's pip may know of packages on its disk.
NO_PIP = {name: "" for name in os.environ if name.startswith("PIP_")} | {"PIP_CONFIG_FILE": os.devnull}
# A namespace with nothing in it but its own loopback.
AWAY = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def handout(out: Path | str, wanted: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    asked = {"OUT": str(out), "K": wanted} | more
    return subprocess.run(
        command("dojo", "handout"), cwd=ROOT, env=environment() | asked, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with all katas."""
    out = tmp_path_factory.mktemp("handout") / "ein Kurs"
    ran = handout(out)
    assert ran.returncode == 0, ran.stderr
    return out


def texts(place: Path) -> dict[Path, str]:
    return {
        path: path.read_text(encoding="utf-8")
        for path in place.rglob("*")
        if path.is_file() and "wheels" not in path.parts and ".venv" not in path.parts
    }


def lines(text: str) -> set[str]:
    """Lines that say something, without what is round them."""
    return {line.strip() for line in text.splitlines() if len(line.strip()) >= 25}


def leaks(place: Path) -> list[str]:
    """Lines of references that stand in a copy, and not because a stub, a suite or the engine needs them."""
    needed: set[str] = set()
    for kata in all_katas():
        for path in (kata.stub, kata.suite):
            needed |= lines(path.read_text(encoding="utf-8"))
    for path in (ROOT / "tests" / "dojo").rglob("*.py"):
        needed |= lines(path.read_text(encoding="utf-8"))
    theirs: set[str] = set()
    for kata in all_katas():
        for path in (ROOT / "solutions" / kata.path, *kata.kept("alternatives")):
            theirs |= lines(path.read_text(encoding="utf-8"))
    there = set().union(*map(lines, texts(place).values()))
    return sorted(there & (theirs - needed)) + code_in_lessons(place)


def code_in_lessons(place: Path) -> list[str]:
    """Lines of the references' code that stand in what they say of themselves, whatever is round them."""
    said = " ".join(" ".join(part.split()) for parts in lessons(place).values() for part in parts)
    code: set[str] = set()
    for kata in all_katas():
        text = (ROOT / "solutions" / kata.path).read_text(encoding="utf-8")
        docstring = ast.parse(text).body[0]
        code |= {" ".join(line.split()) for line in lines("\n".join(text.splitlines()[docstring.end_lineno :]))}
    return sorted(line for line in code if line in said)


def lessons(place: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((place / "tests" / "lessons.json").read_text(encoding="utf-8"))
    return found


def test_nothing_of_a_reference_is_in_it(whole: Path) -> None:
    assert leaks(whole) == []
    answers = [*(ROOT / "solutions").rglob("*.py"), *(PROOF / "alternatives").rglob("*.py")]
    known = {hashlib.sha256(path.read_bytes()).digest() for path in answers}
    assert not [
        path for path in whole.rglob("*") if path.is_file() and hashlib.sha256(path.read_bytes()).digest() in known
    ]
    assert not (whole / "solutions").exists()
    assert {path.name for path in (whole / "tests" / "proof").iterdir()} == {"stubs"}


def test_a_reference_that_is_in_it_is_found(whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "copy"
    shutil.copytree(whole, place)
    text = (ROOT / "solutions" / choose(SOLVED)[0].path).read_text(encoding="utf-8")
    (place / "notes.md").write_text("\n".join(f"> {line}" for line in text.splitlines()[8:]).replace("> ", ""))
    assert leaks(place)


def test_code_in_a_lesson_is_found(whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "copy"
    shutil.copytree(whole, place)
    assert len(lessons(place)) == len(all_katas())
    kata = choose(SOLVED)[0]
    code = (ROOT / "solutions" / kata.path).read_text(encoding="utf-8").splitlines()[-4:]
    (place / "tests" / "lessons.json").write_text(json.dumps({kata.path: ["Do this:  " + "  ".join(code)]}))
    assert leaks(place)


def page(place: Path, name: str = "") -> str:
    """A page of a copy, as words with a blank between them."""
    return " ".join((place / "katas" / name / "README.md").read_text(encoding="utf-8").split())


def test_the_pages_of_a_whole_copy_name_nothing_that_is_not_there(whole: Path) -> None:
    pages = [page(whole, name) for name in ("", *sorted({kata.directory for kata in all_katas()}))]
    assert all(
        words not in text for text in pages for words in ("=solutions", "make check", "make models", "make judge")
    )
    assert "a test that is red for an answer with this defect." in pages[0] and "| 27 |" in pages[0]
    assert "not in this copy" not in pages[0] and "7 Servers" in pages[0]
    assert all("Now you can" in text for text in pages[1:])
    assert "make run K=7.2 PORT=8080" in pages[7] and "](models.svg)" in pages[7]


def test_the_pages_of_some_katas_are_about_these_alone(tmp_path: Path) -> None:
    some, more = tmp_path / "some", tmp_path / "more"
    handout(some, "1.5 2.1")
    handout(more, "1.14 2")
    pages = [page(some), page(some, "1_blocking"), page(some, "2_nonblocking")]
    for words in (
        "27 defects",
        "Program 1",
        "1.14",
        "Chapters 1, 2",
        "7 Servers",
        "you can",
        "2.8",
        "## Routes",
        "=solutions",
    ):
        assert not [text for text in pages if words in text], words
    assert "`make brief K=1.5`" in pages[0] and "All five programs have mistakes." in pages[0]
    assert "a client that has left for a message (1.5), ends at the first broken pipe, and lets" in pages[1]
    assert "**Program 1, blocking.**" in page(more) and "Program 3" not in page(more)
    assert "The other defects are about katas that are not in this copy." in page(more) and "| 10 |" not in page(more)
    assert "Now you can" in page(more, "2_nonblocking") and "2.8 starts from such a program." in page(
        more, "2_nonblocking"
    )
    assert "Now you can" not in page(more, "1_blocking") and "1.14 starts from such a program." in page(
        more, "1_blocking"
    )


def test_a_copy_offers_the_programs_and_the_routes_that_it_has(tmp_path: Path) -> None:
    for wanted, offered in (("1.1", ""), ("2.1 2.8", "make run K=2.8")):
        out = tmp_path / wanted
        handout(out, wanted)
        told = subprocess.run(
            command("dojo", "help", root=out), cwd=out, env=environment(), capture_output=True, text=True
        )
        assert offered in told.stdout and ("make run" in told.stdout) == bool(offered), told.stdout
        assert "make watch K=1.1" in told.stdout or "make watch K=2.1" in told.stdout
        assert "K=document" not in told.stdout, "most katas of that route are not in this copy"


def test_what_somebody_keeps_beside_the_katas_is_not_handed_out(tmp_path: Path, place: Path) -> None:
    for name in (
        "teams/red/secret.py",
        "katas/secret.txt",
        "tests/secret.py",
        ".dojo/secret",
        "tests/1_blocking/secret.py",
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("secret")
    kata = choose(SOLVED)[0]
    (place / "katas" / kata.path).write_text("secret = 'my own answer'\n")
    asked = {"OUT": str(tmp_path / "out"), "K": SOLVED}
    ran = subprocess.run(command("dojo", "handout", root=place), cwd=place, env=environment() | asked)
    assert ran.returncode == 0
    assert not [path for path, text in texts(tmp_path / "out").items() if "secret" in path.name or "own answer" in text]
    assert (tmp_path / "out" / "katas" / kata.path).read_bytes() == kata.stub.read_bytes()


def test_some_katas_are_handed_out_alone_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = handout(out, "2.1-2.3 1.14")
    assert "4 katas to hand out" in ran.stdout
    assert sorted(path.name[:2] for path in out.glob("katas/*/*.py")) == ["01", "02", "03", "14"]
    assert len(list(out.glob("tests/[0-9]_*/test_*.py"))) == len(list(out.glob("tests/proof/stubs/*/*.stub"))) == 4
    for page in out.rglob("*.md"):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page, target)
        assert "make judge" not in page.read_text(encoding="utf-8")


def test_learners_have_their_commands_and_no_others(whole: Path) -> None:
    for one in COMMANDS:
        there = (whole / "tests" / "dojo" / one.place.partition(":")[0].replace(".", "/")).with_suffix(".py").exists()
        assert there or one.whose != LEARNER, one.name
    for name in ("check", "judge", "handout"):
        ran = subprocess.run(
            command("dojo", name, root=whole), cwd=whole, env=environment(), capture_output=True, text=True
        )
        assert (ran.returncode, ran.stderr) == (2, f"there is no command {name}: make shows all of them\n")


def solve(out: Path, *before: str) -> list[subprocess.CompletedProcess[str]]:
    """Set up, fail, ask for a hint, solve, and put the stub back, as a learner in a copy does."""
    kata = choose(SOLVED)[0]
    ran = []
    for number, words in enumerate((["test"], ["hint"], ["test"], [], ["reset"])):
        if number == 2:
            shutil.copyfile(ROOT / "solutions" / kata.path, out / "katas" / kata.path)
        asked = ["make", f"PYTHON={sys.executable}", *words, f"K={SOLVED}"]
        ran.append(
            subprocess.run([*before, *asked], cwd=out, env=environment() | NO_PIP, capture_output=True, text=True)
        )
    return ran


def solved(ran: list[subprocess.CompletedProcess[str]]) -> None:
    red, hint, green, status, reset = ran
    assert "0 of 1 kata green on katas" in red.stdout, red.stdout + red.stderr
    assert "hint 1 of" in hint.stdout, hint.stderr
    assert green.returncode == 0
    assert "1 of 1 kata green on katas" in green.stdout
    assert 'Take what is in the queue, and tell "empty" from "broken".' in green.stdout
    assert "The reference is not in this copy." not in green.stdout
    assert "make diff" not in status.stdout
    assert f"✓ {SOLVED} " in status.stdout
    assert "is its stub again" in reset.stdout
    assert "Traceback" not in "".join(one.stdout + one.stderr for one in ran)


def test_a_kata_is_solved_in_a_copy(tmp_path: Path) -> None:
    out = tmp_path / "out"
    handout(out, "2")
    (out / ".venv").symlink_to(sys.prefix)
    solved(solve(out))


def test_a_copy_for_a_room_without_a_network_is_set_up_and_solved_without_one(tmp_path: Path) -> None:
    if sys.platform != "linux" or subprocess.run([*AWAY, "true"], capture_output=True).returncode:
        pytest.skip("the network cannot be taken away here: OFFLINE=1 was not tried")
    out = tmp_path / "ein Raum"
    ran = handout(out, "2", OFFLINE="1")
    if "is there a network?" in ran.stderr:
        pytest.skip("there is no network to fetch packages from: OFFLINE=1 was not tried")
    assert "it is set up without a network by Python" in ran.stdout, ran.stderr
    assert "It needs no network." in (out / "README.md").read_text()
    assert leaks(out) == []
    reach = "import socket; print(socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 53)))"
    away = subprocess.run([*AWAY, sys.executable, "-c", reach], capture_output=True, text=True)
    assert away.stdout == f"{errno.ENETUNREACH}\n", "the network is away"
    solved(solve(out, *AWAY))
    assert (out / ".venv" / "ready").exists()


def test_without_wheels_nothing_is_set_up_without_a_network(tmp_path: Path) -> None:
    if sys.platform != "linux" or subprocess.run([*AWAY, "true"], capture_output=True).returncode:
        pytest.skip("the network cannot be taken away here")
    out = tmp_path / "out"
    handout(out, SOLVED)
    asked = ["make", f"PYTHON={sys.executable}", "test"]
    quick = environment() | NO_PIP | {"PIP_RETRIES": "0"}
    ran = subprocess.run([*AWAY, *asked], cwd=out, env=quick, capture_output=True, text=True)
    assert ran.returncode
    assert "is there a network?" in ran.stderr


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("", "make handout takes the directory that it is to make"),
        (str(ROOT / "out"), "lies in this repository"),
        ("katas/../out", "lies in this repository"),
        (str(ROOT), "lies in this repository"),
        ("{there}", "is there already"),
        ("{there}/file", "is there already"),
        ("{there}/file/out", "cannot be written"),
        ("{there}/link", "is there already"),
    ],
)
def test_a_place_that_is_none_is_one_line(out: str, words: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "file").write_text("x")
    (there / "link").symlink_to(tmp_path / "elsewhere")
    ran = handout(out.format(there=there), SOLVED)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert words in ran.stderr
    assert sorted(os.listdir(there)) == ["file", "link"]


def test_a_copy_that_cannot_be_whole_is_not_there(tmp_path: Path) -> None:
    ran = handout(tmp_path / "out", "9")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    quick = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_RETRIES": "0", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    ran = handout(tmp_path / "out", SOLVED, OFFLINE="1", **quick)
    assert ran.returncode == 2
    assert "is there a network?" in ran.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out").mkdir()
    assert handout(tmp_path / "out", SOLVED).returncode == 0, "an empty directory will do"
