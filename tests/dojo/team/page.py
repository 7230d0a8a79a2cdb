"""index.html of `make judge`: one page that loads nothing, runs nothing, and can be read in the dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dojo.report import progress
from dojo.report.others import sentence
from dojo.team.outputs import Row, judged_twice
from dojo.team.results import Result

STYLE = """
:root { color-scheme: light dark; --line: #ccc; --back: #fff; --green: #1a6b2a; --red: #a11; --hung: #7a4b00;
  --dim: #666; }
@media (prefers-color-scheme: dark) { :root { --line: #444; --back: #16181c; --green: #7fd08f; --red: #ff8f88;
  --hung: #e8b04b; --dim: #999; } }
body { font: 16px/1.4 system-ui, sans-serif; margin: 1.5rem; background: var(--back); }
.wide { overflow: auto; max-height: 85vh; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .15rem .5rem; text-align: left; white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--back); }
tbody th { position: sticky; left: 0; background: var(--back); font-weight: normal; }
td a { color: inherit; }
.green { color: var(--green); } .red { color: var(--red); } .hung { color: var(--hung); } .dim { color: var(--dim); }
pre { overflow: auto; padding: .5rem; border: 1px solid var(--line); }
""".strip()
CLASSES = {progress.GREEN: "green", progress.RED: "red", progress.HUNG: "hung"}


def page(rows: Sequence[Row]) -> bytes:
    """The page: a table of teams and katas, and below it the first report on each text that is not green."""
    teams = list(dict.fromkeys(row.answer.team for row in rows))
    katas = list(dict.fromkeys(row.answer.kata for row in rows))
    cells = {(row.answer.team, row.answer.kata): _cell(row) for row in rows}
    head = "".join(f'<th scope="col" title="{escape(kata.name)}">{kata.id}</th>' for kata in katas)
    body = "".join(
        f'<tr><th scope="row">{escape(team)}</th>{"".join(cells[team, kata] for kata in katas)}</tr>\n'
        for team in teams
    )
    told = {row.result.key: row.result for row in rows if row.result is not None and _is_told(row.result)}
    who = {key: [row.answer for row in rows if row.result is not None and row.result.key == key] for key in told}
    reports = "".join(
        f'<section id="{key}">\n<h2>{who[key][0].kata.id} {escape(who[key][0].kata.name)}: '
        f"{escape(', '.join(answer.team for answer in who[key]))}</h2>\n{_report(result)}</section>\n"
        for key, result in told.items()
    )
    signs = " &nbsp; ".join(f"{sign} {escape(mark)}" for mark, sign in progress.SIGNS.items())
    hosts = sorted({f"{one.host}, Python {one.python}" for row in rows if (one := row.result)})
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Socket katas: the verdicts</title>\n'
        f"<style>{STYLE}</style>\n<h1>The verdicts</h1>\n<p>{signs}</p>\n"
        f'<div class="wide"><table>\n<thead><tr><th scope="col">team</th>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n'
        f"</table></div>\n<p>Judged on {escape('; '.join(hosts) or 'no machine')}.</p>\n{reports}</html>\n"
    ).encode()


def _cell(row: Row) -> str:
    sign = progress.SIGNS[row.mark]
    words = f"{sign} {row.passed}/{row.total}" if row.result is not None else sign
    words += f" –{row.skipped}" if row.skipped and row.mark != progress.ELSEWHERE else ""
    title = escape("; ".join(filter(None, (row.verdict, row.note))))
    if row.result is not None and _is_told(row.result):
        words = f'<a href="#{row.result.key}">{words}</a>'
    return f'<td class="{CLASSES.get(row.mark, "dim")}" title="{title}">{words}</td>'


def _is_told(result: Result) -> bool:
    return result.first is not None or any(test.before for test in result.tests)


def _report(result: Result) -> str:
    lines = [f"<p>{escape(judged_twice(test))}</p>\n" for test in result.tests if test.before]
    first = result.first
    if first is not None:
        others = [test for test in result.tests if test is not first and test.kind not in ("passed", "skipped")]
        lines.append(f"<pre>{escape(first.message)}</pre>\n")
        if others:
            items = "".join(f"<li>{escape(sentence(test.test))}: {escape(test.kind)}</li>" for test in others)
            lines.append(f"<details><summary>{len(others)} more</summary><ul>{items}</ul></details>\n")
    return "".join(lines)
