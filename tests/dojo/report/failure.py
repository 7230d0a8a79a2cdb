"""What a person sees when a test is red: one screen, whose parts give way to each other and so are all here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dojo.core.columns import columns, fit, pad, wrap
from dojo.core.places import shown, typed
from dojo.core.screen import COLOUR, Screen
from dojo.report import values
from dojo.report.others import others_told, sentence
from dojo.report.shrinking import shrink
from dojo.report.values import cut
from dojo.sandbox.statements import source_line
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import drawing, lanes
from dojo.tape.call import Call
from dojo.tape.folding import Row, Story, names

UNBOUNDED = 10_000  # lines
TITLE, WORDS = 3, 8  # lines that a title and the words take at most
LEFT_OUT = re.compile(r"(?<=^ {11})(\([\d,]+ rows? left out)\)$")
OTHERS = 2  # and the other tests that fail


@dataclass(frozen=True)
class Sizes:
    """How much of each part of a report is shown, in lines."""

    rows: int = lanes.ROWS  # of the tape
    printed: int = 4  # of what the test printed
    air: int = 1  # between two parts
    given: int = 3
    values: int = values.MOST  # of what was wanted, and of what was got
    places: int = 2  # not lines: the suite's and the learner's
    others: int = OTHERS
    tape: int = lanes.FEWEST  # less of it than rows says, where nothing else helps
    output: int = 1
    words: int = WORDS
    title: int = TITLE


# In which order they give way, and how far.
LEAST = {
    "rows": lanes.FEWEST, "printed": 1, "air": 0, "given": 1, "values": values.LEAST, "places": 1, "others": 1,
    "tape": 0, "output": 0, "words": 3, "title": 1,
}  # fmt: skip


class Lines(list[str]):
    """Lines of a screen; one that is longer than that takes several."""

    def __init__(self, lines: Sequence[str], width: int) -> None:
        super().__init__(lines)
        self._width = width

    def __len__(self) -> int:
        return sum(max(1, -(-columns(COLOUR.sub("", line)) // self._width)) for line in self)


def render(
    verdict: Verdict,
    screen: Screen,
    side: str = "katas",
    others: Sequence[Verdict] = (),
    height: int = 0,
    first: bool = False,
) -> list[str]:
    """The report on one red test, line by line, with the commands that come next on the side that was judged.

    There are none where `side` is empty. `others` are the other red tests of the kata. It takes at most `height`
    lines, where that is not 0. `first`: it is the first red test, whose tape `make tape` shows.
    """
    story = story_of(verdict)

    def draw(**sizes: int) -> Lines:
        title, body = parts(verdict, screen, Sizes(**sizes), story)
        last = [
            *others_told(verdict, others, screen, sizes["others"]),
            *(_commands(verdict, screen, side) if side else []),
        ]
        fault = verdict.kind is Kind.FAULT
        return Lines([*title, *[""] * bool(fault or sizes["air"]), *body, *([] if fault else last)], screen.width)

    lines = list(shrink(draw, height or UNBOUNDED, **sizes_for(height)))
    return [_with_whole(line, verdict, screen, side) for line in lines] if first else lines


def _with_whole(line: str, verdict: Verdict, screen: Screen, side: str) -> str:
    """A line on what the tape leaves out with the command that shows it, where there is room for that."""
    whole = screen.spell(f": {typed('tape', K=verdict.kata, SIDE=side)} shows all)")
    told = LEFT_OUT.sub(lambda found: found[1] + whole, line)
    return told if columns(told) <= screen.width else line


def sizes_for(height: int) -> dict[str, tuple[int, int]]:
    """The parts of a report in the order in which they give way in so many lines: most and least of each."""
    most = replace(Sizes(), rows=max(lanes.ROWS, height))
    return {name: (getattr(most, name), least) for name, least in LEAST.items()}


def parts(verdict: Verdict, screen: Screen, sizes: Sizes, story: Story) -> tuple[list[str], list[str]]:
    """The title of a report, and what stands below it; `story` is what story_of() makes of the tape."""
    title, air = _headline(verdict, screen, sizes.title), [""] * sizes.air
    if verdict.kind is Kind.FAULT:
        return title, [
            f"  {verdict.kind.means}",
            "",
            *(screen.spell(f"  {line}") for line in verdict.words.splitlines()),
        ]
    words = _advice(verdict, screen, sizes.words)
    if verdict.got:
        most = sizes.values
        wanted, got, mark = values.compared(verdict.wanted, verdict.got, verdict.differs, verdict.mark, screen, most)
        lines = [*wanted, *(screen.paint(line, "red") for line in got), *mark]
    else:  # the words say it all
        lines, words = [screen.paint(line, "red") for line in words], []
    if verdict.given:
        lines += values.labelled("given", verdict.given, screen, sizes.given)
    quiet = verdict.kind is Kind.COULD_NOT_START or verdict.not_written
    rows = sizes.rows if sizes.tape == lanes.FEWEST else sizes.tape
    if not quiet and rows > 1 and (drawn := tape_of(verdict, screen, rows, story)):
        lines += [*air, *drawn]
    output = [line for line in verdict.output.splitlines() if line.strip()]
    if output and sizes.output:
        last = f" (the last {sizes.printed} of {len(output)} lines)" if len(output) > sizes.printed else ""
        lines += [*air, f"  it printed{last}"]
        lines += [screen.cut(screen.spell(f"    {line}")) for line in output[-sizes.printed :]]
    return title, [*lines, *air, *_places(verdict, screen, sizes.places), *words]


def story_of(verdict: Verdict) -> Story:
    """A test's tape as it is told, up to the assertion that failed, and round what that is about."""
    about = list(verdict.about)
    if verdict.kind is Kind.HUNG:  # what it is blocked on
        calls = drawing.until(verdict.tape, verdict.until)
        waits = [call for call in calls if call.who == "you" and call.ended is None]
        about += [call.target for call in waits if call.name != "sleep" and call.target]
    return Story(rows_of(verdict), about, verdict.line)


def rows_of(verdict: Verdict) -> list[Row]:
    """The rows of a test's tape, up to the assertion that failed."""
    calls = drawing.until(verdict.tape, verdict.until)
    return drawing.rows(calls, verdict.kind.stopped, bool(verdict.predicted))


def who_acts(verdict: Verdict) -> str:
    """Whose calls stand in the first lane of a test's tape."""
    return "the experiment" if verdict.predicted else "your code"


def tape_of(verdict: Verdict, screen: Screen, most: int = lanes.ROWS, story: Story | None = None) -> list[str]:
    """The picture of a test's tape, at most so many rows of it; nothing if nothing is on it."""
    drawn = lanes.draw(story or story_of(verdict), screen, 1000 * verdict.seconds, who_acts(verdict), most)
    drawn = [screen.spell(part) for part in drawn]
    queues = [part for text in verdict.kernel for part in values.labelled("kernel", text, screen)]
    return [screen.paint(drawn[0], "dim"), *drawn[1:], *queues] if drawn else []


def _last_call(verdict: Verdict) -> Call | None:
    """The learner's last call before the assertion, if it has to do with it: with its sockets, or nothing followed."""
    calls = drawing.until(verdict.tape, verdict.until)
    if not verdict.about:
        calls = calls[-1:]
    mine = [call for call in calls if call.who == "you" and call.line and _names(call, verdict.about)]
    return mine[-1] if mine else None


def _names(call: Call, about: Sequence[str]) -> bool:
    text = f"{call.text} {call.result} {call.made}"
    return not about or any(names(text, name) for name in about)


def predictions(verdict: Verdict, screen: Screen) -> list[str]:
    """What the learner predicted, with the kernel's answer beside it."""
    lines = []
    for name, guess, answer in verdict.predicted:
        right = guess == answer
        line = f"  {'✓' if right else '✗'} {name}   you {guess}   the kernel {answer}"
        lines += wrap(screen.spell(line), screen.width, further=" " * 6, whole=True)
    return lines


def _sentence(words: str) -> str:
    words = capital(words)
    return words if words[-1] in ".!?" else f"{words}."


def capital(words: str) -> str:
    """A sentence with its capital letter; the name of a call, or of one letter, stays as it is."""
    return words if re.match(r"[\w.]+\(|[b-z]\b", words) else words[:1].upper() + words[1:]


def _headline(verdict: Verdict, screen: Screen, most: int) -> list[str]:
    left = f"✗ {verdict.kata}  {verdict.name} · {sentence(verdict.test)}"
    right = verdict.kind.word.upper()
    if verdict.kind is Kind.HUNG:
        right += f" {verdict.seconds:.1f} s"
    room = screen.width - len(right) - 2
    parts = wrap(screen.spell(left), room, further="       ") or [""]
    if len(parts) > most:
        parts[most - 1 :] = [fit(f"{parts[most - 1]} {parts[most].strip()}", room, screen.spell("…"))]
    parts[0] = f"{pad(parts[0], room)}  {right}"
    return [screen.paint(part, "bold") for part in parts]


def _places(verdict: Verdict, screen: Screen, most: int) -> list[str]:
    """Where it happened, and the learner's last call before it; the learner's own line is the last to go."""
    module, suite, last = Path(verdict.module), Path(verdict.suite), _last_call(verdict)
    found: list[list[str]] = []
    if verdict.line:
        found.append(_place(module, verdict.line, "", screen))
    elif verdict.suite_line:
        found.append(_place(suite, verdict.suite_line, "", screen))
    if last and not verdict.line:
        found.append(_place(module, last.line, "  your last call", screen))
    return [line for place in (found or [_place(module, 0, "", screen)])[-most:] for line in place]


def _place(path: Path, line: int, said: str, screen: Screen) -> list[str]:
    """A place that can be clicked, and the line that stands there."""
    where = f"{shown(path)}:{line}" if line else shown(path)
    source = source_line(path, line).strip() if line else ""
    lines = [screen.paint(screen.spell(f"  {where}"), "blue") + said]
    return [*lines, screen.cut(screen.spell(f"  {line:>4} │ {source}"))] if source else lines


def first_words(verdict: Verdict) -> str:
    """What a report says first of what is wrong: the suite's words, or what was got in place of what."""
    words = verdict.words.splitlines()
    said = _sentence(words[0]) if words and words[0] else ""
    if verdict.kind is Kind.FAILED and said:
        return said
    wanted = f" (wanted {verdict.wanted})" if verdict.wanted and not said else ""
    return f"{verdict.got}{wanted} · {said}".removesuffix(" · ")


def _advice(verdict: Verdict, screen: Screen, most: int) -> list[str]:
    words = " ".join(_sentence(part) for part in verdict.words.splitlines() if part)
    return cut(_wrapped(screen.spell(words), screen), most, screen)


def _commands(verdict: Verdict, screen: Screen, side: str) -> list[str]:
    """What comes next: commands that can be pasted, each on one line, however long the name of the side is."""
    hint, test = (f"`{typed(command, K=verdict.kata, SIDE=side)}`" for command in ("hint", "test"))
    told = [f"{test} to try again."]
    if verdict.kind is not Kind.COULD_NOT_START:
        told.insert(0, f"{hint} for a nudge,")
    whole = screen.spell(" ".join(told))
    for command in (hint, test):
        whole = whole.replace(screen.spell(command), screen.spell(command).replace(" ", "\0"))
    return [line.replace("\0", " ") for line in _wrapped(whole, screen, cut=False)]


def _wrapped(text: str, screen: Screen, cut: bool = True) -> list[str]:
    return wrap(text, screen.width, "  ", "  ", whole=not cut)
