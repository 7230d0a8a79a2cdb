"""Tapes that are made up, for the proofs of what is drawn of them."""

from __future__ import annotations

from dataclasses import replace

from dojo.core.places import ROOT, choose
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call
from proof.learners import KATA

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&amp;\x1b[31m\x00\u202e%%data%%"


def call(number: int, who: str, name: str, target: str, thread: int = 1, **more: object) -> Call:
    """A call that begins after as many milliseconds as it has numbers before it."""
    made = Call(number, who, thread, name, target, "", 5, 0, number * 1_000_000, ended=number * 1_000_000 + 1000)
    return replace(made, **more)  # type: ignore[arg-type]


def verdict(*calls: Call, **more: object) -> Verdict:
    made = Verdict(
        Kind.FAILED, words="it is wrong", tape=list(calls), kata="2.1", name="accept_would_block", test="test_it",
        module=str(ROOT / "solutions" / KATA), suite=str(choose("2.1")[0].suite), seconds=1.0,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]
