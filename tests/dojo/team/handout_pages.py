"""The pages of a copy for learners: without what the copy is without.

Rows of tables and paragraphs that lead nowhere go, and so do sentences, or clauses of them, that name a kata, a
chapter, a command or a reference that is not there. What is left of a paragraph is wrapped anew.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dojo.commands import COMMANDS, LEARNER
from dojo.core.places import Kata, all_katas

NOT_SHOWN = ("<!-- commands trainer", "<!-- session")  # in sections of a page; a recorded session shows an answer
CONCLUSION = "## Now you can"  # of a chapter that is there whole
DEFECTS = "<!-- defects"
OTHERS = "The other defects are about katas that are not in this copy."
LINK = re.compile(r"\]\(([^)#:]+)\)")
NAMED_LINK = re.compile(r"\[([^]]+)\]\(([^)#:]+)\)")
KATA = re.compile(r"(?<![\w./-])[1-9]\.\d{1,2}(?!\w|\.\d| ms)")
CHAPTERS = re.compile(r"\b[Cc]hapters? (\d(?:(?:, | and )\d)*)")
COMMAND = re.compile(r"`make (\w+)")
EXAMPLE = re.compile(r"(?<=make )((?:brief|test|tape|hint|watch) K=)(\d\.\d+)\b")
REMARK = re.compile(r" \(((?:\d\.\d+(?:, | and )?)+)\)")  # katas in brackets
SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z0-9`*\[])")
ITEM = re.compile(r"(?m)^(?=- )")
VERBATIM = ("#", "<", "!", "```")
WIDTH = 104  # columns of a page


@dataclass
class Copy:
    """What there is in a copy."""

    katas: list[Kata]

    def __post_init__(self) -> None:
        """Know what there is not."""
        whole, here = (Counter(kata.chapter for kata in katas) for katas in (all_katas(), self.katas))
        self.chapters = {str(chapter) for chapter, number in whole.items() if here[chapter] == number}
        self.absent = {kata.id for kata in all_katas()} - {kata.id for kata in self.katas}
        self._commands = {one.name for one in COMMANDS if one.whose != LEARNER}

    def lacks(self, text: str) -> bool:
        """Whether a text names something that is not there."""
        return (
            not self.absent.isdisjoint(KATA.findall(text))
            or any(not set(re.findall(r"\d", found)) <= self.chapters for found in CHAPTERS.findall(text))
            or not self._commands.isdisjoint(COMMAND.findall(text))
            or "=solutions" in text
        )


def adapt(page: Path, katas: Iterable[Kata]) -> None:
    """Take out of a page in a copy with these katas what is not for learners, or not there."""
    copy = Copy(list(katas))
    sections = re.split("^(?=## )", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = (_section(section, page, copy) for section in sections)
    page.write_text("".join(kept).rstrip("\n") + "\n", encoding="utf-8")


def _section(text: str, page: Path, copy: Copy) -> str:
    """What is left of a section; nothing if it was about what is not there."""
    if any(words in text for words in NOT_SHOWN):
        return ""
    if text.startswith(CONCLUSION) and page.parent.name[:1] not in copy.chapters:
        return ""
    kept: list[str] = []
    for block in _blocks(text):
        found = _block(block, page, copy)
        if found is None:
            return ""
        if not found and kept and kept[-1].endswith(":") and block.startswith("- "):
            kept.pop()  # it has led to a list of which nothing is left
        kept += [found] * bool(found)
    return "\n\n".join(kept) + "\n\n"


def _blocks(text: str) -> list[str]:
    """Paragraphs, lists, tables and code: what stands between empty lines; code may have such lines in it."""
    blocks: list[str] = []
    for part in re.split(r"\n\n+", text.strip("\n")):
        if blocks and blocks[-1].count("```") % 2:
            blocks[-1] += f"\n\n{part}"
        else:
            blocks.append(part)
    return blocks


def _block(text: str, page: Path, copy: Copy) -> str | None:
    """What is left of a block; None if that is a table without rows, and with it its section has no sense."""

    def there(target: str) -> bool:
        return (page.parent / target).exists()

    if "\n| " in text or text.startswith("| "):
        return _table(text, there)
    if text.startswith("```sh\n"):
        return "" if copy.lacks(text.replace("make ", "`make ")) else text
    if text.startswith("- "):
        items = (item for item in ITEM.split(text) if not _leads_nowhere(item, there) and not _partial(item, copy))
        return _remarks("".join(items), copy).rstrip("\n")
    if text.startswith(VERBATIM):
        return text
    return "" if _leads_nowhere(text, there) else _paragraph(text, there, copy)


def _leads_nowhere(text: str, there: Callable[[str], bool]) -> bool:
    """Whether a text has links, and none of them leads anywhere."""
    targets = LINK.findall(text)
    return bool(targets) and not any(map(there, targets))


def _partial(item: str, copy: Copy) -> bool:
    """Whether an item of a list is about a chapter that is not there whole: it says what one can do after it."""
    chapter = re.match(r"- \[(\d) ", item)
    return chapter is not None and chapter[1] not in copy.chapters


def _table(text: str, there: Callable[[str], bool]) -> str | None:
    """A table without the rows that lead nowhere; None if that leaves none."""
    lines = text.split("\n")
    kept = [line for line in lines if not line.startswith("|") or all(map(there, LINK.findall(line)))]
    if sum(line.startswith("|") for line in kept) <= 2 < sum(line.startswith("|") for line in lines):
        return None
    if text.startswith(DEFECTS) and kept != lines:
        kept += ["", OTHERS]
    return "\n".join(kept)


def _paragraph(text: str, there: Callable[[str], bool], copy: Copy) -> str:
    """A paragraph without the sentences, or clauses, that name what is not there."""
    plain = " ".join(text.split())
    found = NAMED_LINK.sub(lambda one: one[0] if there(one[2]) else one[1], plain)
    found = found.replace(" SIDE=solutions PORT=", " PORT=")  # one's own program runs as well
    found = EXAMPLE.sub(lambda one: one[1] + (copy.katas[0].id if one[2] in copy.absent else one[2]), found)
    found = _remarks(found, copy)
    found = " ".join(filter(None, (_sentence(sentence, copy) for sentence in SENTENCE.split(found))))
    return text if found == plain else "\n".join(textwrap.wrap(found, WIDTH, break_on_hyphens=False))


def _remarks(text: str, copy: Copy) -> str:
    """A text in which no kata stands in brackets that is not there."""

    def there(found: re.Match[str]) -> str:
        kept = [kata for kata in KATA.findall(found[1]) if kata not in copy.absent]
        return f" ({', '.join(kept)})" if kept else ""

    return REMARK.sub(there, text)


def _sentence(text: str, copy: Copy) -> str:
    """What is left of a sentence."""
    if not copy.lacks(text):
        return text
    clauses = []
    for clause in text.split("; "):
        head, colon, _ = clause.partition(": ")
        if not copy.lacks(clause):
            clauses.append(clause)
        elif colon and not copy.lacks(head):
            clauses.append(head)
    left = "; ".join(clauses)
    return f"{left[:1].upper()}{left[1:]}".rstrip(".:") + "." * bool(left)
