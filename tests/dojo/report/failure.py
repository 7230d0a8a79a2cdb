"""What a person sees when a test is red: one screen, no engine, no riddles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dojo.core.columns import pad, wrap
from dojo.core.places import shown, typed
from dojo.core.screen import Screen
from dojo.report import values
from dojo.sandbox.statements import source_line
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import drawing, lanes
from dojo.tape.call import Call
from dojo.tape.folding import names

PRINTED = 4  # lines of the test's output that a report shows


def sentence(test: str) -> str:
    """A test's name as the sentence that it is; the case on which it ran stands in brackets."""
    name, _, case = test.removeprefix("test_").partition("[")
    return name.replace("_", " ") + (f" ({case.removesuffix(']')})" if case else "")


def render(
    verdict: Verdict,
    screen: Screen,
    commands: bool = True,
    rows: int = lanes.ROWS,
    printed: int = PRINTED,
    side: str = "katas",
) -> list[str]:
    """The report on one red test, line by line, with the `commands` that come next, on the side that was judged.

    Of the tape it shows at most `rows` rows, of what the test printed the last `printed` lines.
    """
    lines = [_headline(verdict, screen), ""]
    if verdict.kind is Kind.FAULT:
        return [
            *lines,
            f"  {verdict.kind.means}",
            "",
            *(screen.spell(f"  {line}") for line in verdict.words.splitlines()),
        ]
    if verdict.got:
        wanted, got, mark = values.compared(verdict.wanted, verdict.got, verdict.differs, verdict.mark, screen)
        lines += [*wanted, *(screen.paint(line, "red") for line in got), *mark]
    else:  # the words say it all
        lines += [screen.paint(line, "red") for line in _advice(verdict, screen)]
    if verdict.given:
        lines += values.labelled("given", verdict.given, screen, values.LEAST + 1)
    quiet = verdict.kind is Kind.COULD_NOT_START or verdict.not_written
    if not quiet and (drawn := tape_of(verdict, screen, rows)):
        lines += ["", *drawn]
    output = [line for line in verdict.output.splitlines() if line.strip()]
    if output:
        last = f" (the last {printed} of {len(output)} lines)" if len(output) > printed else ""
        lines += ["", f"  it printed{last}"]
        lines += [screen.cut(screen.spell(f"    {line}")) for line in output[-printed:]]
    lines.append("")
    lines += _place(verdict, screen)
    lines += _advice(verdict, screen) if verdict.got else []
    lines += _commands(verdict, screen, side) if commands else []
    return lines


def tape_of(verdict: Verdict, screen: Screen, most: int = lanes.ROWS) -> list[str]:
    """The picture of a test's tape, at most so many rows of it, round the evidence; nothing if nothing is on it."""
    foretold = bool(verdict.predicted)
    calls = drawing.until(verdict.tape, verdict.until)
    picture = drawing.rows(calls, verdict.kind.stopped, foretold)
    who = "the experiment" if foretold else "your code"
    last = _last_call(verdict)
    line = verdict.line or (last.line if last else 0)
    drawn = lanes.draw(picture, screen, 1000 * verdict.seconds, who, most, verdict.about, line)
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
    """What the learner foretold, with the kernel's answer beside it."""
    lines = []
    for name, guess, answer in verdict.predicted:
        right = guess == answer
        line = f"  {'✓' if right else '✗'} {name}   you {guess}   the kernel {answer}"
        lines += wrap(screen.spell(line), screen.width, further=" " * 6, whole=True)
    return lines


def _sentence(words: str) -> str:
    if not re.match(r"[\w.]+\(", words):  # the name of a call stays as it is
        words = words[:1].upper() + words[1:]
    return words if words[-1] in ".!?" else f"{words}."


def _headline(verdict: Verdict, screen: Screen) -> str:
    left = f"✗ {verdict.kata}  {verdict.name} · {sentence(verdict.test)}"
    right = verdict.kind.word.upper()
    if verdict.kind is Kind.HUNG:
        right += f" {verdict.seconds:.1f} s"
    room = screen.width - len(right) - 2
    parts = wrap(screen.spell(left), room, further="       ") or [""]
    parts[0] = f"{pad(parts[0], room)}  {right}"
    return "\n".join(screen.paint(part, "bold") for part in parts)


def _place(verdict: Verdict, screen: Screen) -> list[str]:
    module = Path(verdict.module)
    line = verdict.line
    if line:
        where = f"{shown(module)}:{line}"
    else:
        module, line = Path(verdict.suite), verdict.suite_line
        where = f"{shown(module)}:{line}" if line else shown(Path(verdict.module))
    source = source_line(module, line) if line else ""
    lines = [screen.paint(screen.spell(f"  {where}"), "blue")]
    if source:
        lines.append(screen.cut(screen.spell(f"  {line:>4} │ {source.strip()}")))
    last = _last_call(verdict)
    if last and not verdict.line:
        module = Path(verdict.module)
        lines.append(screen.paint(screen.spell(f"  {shown(module)}:{last.line}"), "blue") + "  your last call")
        lines.append(screen.cut(screen.spell(f"  {last.line:>4} │ {source_line(module, last.line).strip()}")))
    return lines


def first_words(verdict: Verdict) -> str:
    """What a report says first of what is wrong: the suite's words, or what was got in place of what."""
    words = verdict.words.splitlines()
    said = _sentence(words[0]) if words and words[0] else ""
    if verdict.kind is Kind.FAILED and said:
        return said
    wanted = f" (wanted {verdict.wanted})" if verdict.wanted and not said else ""
    return f"{verdict.got}{wanted} · {said}".removesuffix(" · ")


def _advice(verdict: Verdict, screen: Screen) -> list[str]:
    words = " ".join(_sentence(part) for part in verdict.words.splitlines() if part)
    return _wrapped(screen.spell(words), screen)


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
