"""Questions for the room at the end of a session: each has its reason in what was logged, and no side is named.

A maker looks at all that was done and gives the question that has most behind it. To add
one, write a function and name it in MAKERS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dojo.core.places import all_katas
from dojo.report.others import sentence
from dojo.sandbox.verdict import Kind
from dojo.team.history import RED, Work, reds

SIDE = 10  # what a side counts, where a run counts 1
LONG = 8  # minutes between two runs


@dataclass(frozen=True)
class Question:
    """One, with what speaks for it: how many sides and runs it is about."""

    weight: int
    text: str
    test: str = ""  # that it quotes


Katas = dict[str, list[Work]]  # by the path: each side's


def choose_three(all_work: Sequence[Work]) -> list[Question]:
    """The three with most behind them, of different kinds, no test quoted twice; fewer where fewer have a reason."""
    katas: Katas = {}
    for work in all_work:
        katas.setdefault(work.kata, []).append(work)
    best = [max(made, key=lambda one: one.weight) for maker in MAKERS if (made := [*maker(katas)])]
    chosen: list[Question] = []
    for one in sorted(best, key=lambda one: one.weight, reverse=True):
        if len(chosen) < 3 and not (one.test and any(one.test == other.test for other in chosen)):
            chosen.append(one)
    return chosen


def name(kata: str) -> str:
    """What `K=` takes for the kata with this path; the path where this copy does not have it."""
    return next((one.id for one in all_katas() if one.path == kata), kata)


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def stopped(katas: Katas) -> Iterator[Question]:
    """A test that was red again and again."""
    for red in reds([work for works in katas.values() for work in works]):
        if red.runs >= 3:
            yield Question(
                SIDE * red.sides + red.runs,
                f'"{sentence(red.test)}" ({name(red.kata)}) was the first red test of {red.runs} runs on '
                f"{_number(red.sides, 'side')}. What did you expect the kernel to do, and what did the tape show?",
                red.test,
            )


def spread(katas: Katas) -> Iterator[Question]:
    """One side was soon done, and another took many runs."""
    for kata, works in katas.items():
        runs = [work.to_green for work in works if work.to_green]
        if runs and max(runs) >= min(runs) + 4:
            yield Question(
                2 * SIDE + max(runs) - min(runs),
                f"{name(kata)} took one side {_number(min(runs), 'run')} and another {max(runs)}. "
                "What did each of you look at after the first red report?",
            )


def _ended(katas: Katas, kinds: set[Kind], least: int, words: str) -> Iterator[Question]:
    for kata, works in katas.items():
        runs = [sum(run["verdict"] in {kind.word for kind in kinds} for run in work.runs) for work in works]
        if sum(runs) >= least:
            text = words.format(runs=sum(runs), kata=name(kata))
            yield Question(SIDE * sum(map(bool, runs)) + sum(runs), text)


def hung(katas: Katas) -> Iterator[Question]:
    """Runs that hung."""
    words = "{runs} runs of {kata} hung. Which call was blocked, or which loop did not wait?"
    return _ended(katas, {Kind.HUNG}, 2, words)


def leaked(katas: Katas) -> Iterator[Question]:
    """Runs that left something behind."""
    words = "{runs} runs of {kata} left something open. On which way out of your function was it not closed?"
    return _ended(katas, {Kind.LEAKED}, 2, words)


def not_started(katas: Katas) -> Iterator[Question]:
    """Runs in which no test began."""
    words = "{runs} runs of {kata} did not reach a test. How large was your change before each of them?"
    return _ended(katas, {Kind.COULD_NOT_START}, 3, words)


def _counted(katas: Katas, count: Callable[[Work], int], least: int, words: str) -> Iterator[Question]:
    for kata, works in katas.items():
        counts = [count(work) for work in works]
        if sum(counts) >= least:
            text = words.format(count=sum(counts), kata=name(kata))
            yield Question(SIDE * sum(map(bool, counts)) + sum(counts), text)


def back_to_red(katas: Katas) -> Iterator[Question]:
    """Green that was lost."""
    words = "{kata} was green and became red again (count: {count}). What did you change, and which test noticed?"
    return _counted(katas, lambda work: work.back, 1, words)


def hints(katas: Katas) -> Iterator[Question]:
    """Hints that were asked for."""
    words = "{count} hints were asked for in {kata}. Which one helped, and what was still missing before it?"
    return _counted(katas, lambda work: work.hints, 2, words)


def missed(katas: Katas) -> Iterator[Question]:
    """Predictions that were wrong."""
    words = "{kata} had predictions that were missed (count: {count}). What did the kernel do instead, and why?"
    return _counted(katas, lambda work: work.missed, 1, words)


def unchanged(katas: Katas) -> Iterator[Question]:
    """The same code, judged again."""
    words = "{count} runs of {kata} judged code that was red already, without a change. What were you looking for?"
    return _counted(katas, lambda work: work.again, 3, words)


def long_step(katas: Katas) -> Iterator[Question]:
    """A long time between two runs."""
    for kata, works in katas.items():
        minutes = round(max(work.longest for work in works))
        if minutes >= LONG:
            text = f"{minutes} minutes passed between two runs of {name(kata)}. Which smaller step could you have run?"
            yield Question(SIDE + minutes, text)


def left_red(katas: Katas) -> Iterator[Question]:
    """Katas that are red in the end."""
    for kata, works in katas.items():
        left = [work for work in works if work.mark in RED]
        if left:
            test = left[0].runs[-1]["first"]
            quoted = f', at "{sentence(test)}" for one' if test else ""
            text = f"{name(kata)} is still red on {_number(len(left), 'side')}{quoted}. What would you try next?"
            yield Question(SIDE * len(left), text, test)


def at_once(katas: Katas) -> Iterator[Question]:
    """Katas that were green at the first run."""
    for kata, works in katas.items():
        sides = sum(work.to_green == 1 for work in works)
        if sides:
            text = (
                f"{name(kata)} was green at the first run on {_number(sides, 'side')}. How did you know what to write?"
            )
            yield Question(sides, text)


MAKERS: tuple[Callable[[Katas], Iterator[Question]], ...] = (
    stopped, spread, hung, leaked, not_started, back_to_red, hints, missed, unchanged, long_step, left_red, at_once,
)  # fmt: skip
