"""The process of one test: import the kata, run it, say what it came to. One module, for the order is the point."""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import signal
import sys
import threading
import traceback
import weakref
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from dojo.core import processes
from dojo.sandbox import actors, inherited, leftovers, tampering
from dojo.sandbox.assertions import Assertions
from dojo.sandbox.evidence import Background, queues, with_evidence
from dojo.sandbox.explain import explain
from dojo.sandbox.findings import describe, lines_of
from dojo.sandbox.settings import plain_signal
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import patch
from dojo.tape.query import Tape
from dojo.tape.recorder import Recorder
from dojo.tape.shared_memory import SharedMemory

_exit, _getpid = os._exit, os.getpid  # the real ones, whatever takes their names later
# Not signal.pthread_sigmask, which is Python: at its first instruction a handler may already run.
_mask, _BLOCK, _ALL = plain_signal.pthread_sigmask, int(signal.SIG_BLOCK), signal.valid_signals()
# What holds if a handler of the learner's code raises even where its last exception is looked at.
INTERRUPTED = Verdict(Kind.FAILED, got="a signal handler of your code raised again and again").to_memory()
AUDIT = "Nothing removes an audit hook: it hears of whatever the process does."
AUDITED = Verdict(Kind.FAILED, got="an audit hook of your code raised again and again", words=AUDIT).to_memory()
_gettrace, _settrace, _getprofile, _setprofile = sys.gettrace, sys.settrace, sys.getprofile, sys.setprofile


@dataclass
class Here:
    """What fixtures need to know of the process that they run in."""

    memory: SharedMemory
    recorder: Recorder
    tape: Tape
    module: Path
    own_threads: set[threading.Thread]
    actors: actors.Actors  # before the test
    predicted: list[tuple[str, str, str]] = field(default_factory=list)  # name, guess, the kernel's answer
    errors: list[BaseException] = field(default_factory=list)  # that ended background calls, and nobody expected
    background: list[weakref.ref[Background]] = field(default_factory=list)


here: Here  # set in the child of each test, and only there
case: Any = None  # the call that is to fail, set before the fork: see dojo.sandbox.sweep
recorder = Recorder()
_prepared = False


def prepare() -> None:
    """Put the tape in place, switched off: done once, before the first fork, it costs no test anything."""
    global _prepared
    if not _prepared:
        patch.install(recorder)
        tampering.keep()
        actors.note_audit_hooks()
        gc.freeze()  # what is here now is nothing that a test could leave: its collections need not look at it
        processes.give_memory_back()
        _prepared = True


@functools.cache
def prepare_to_measure(module: Path) -> Any:
    """Start coverage on a module once, before a fork: what it finds out first takes longer than most tests."""
    from coverage import Coverage

    measured = Coverage(data_file=None, branch=True, include=[str(module)], config_file=False)
    measured.start()
    measured.stop()
    return measured


def main(
    item: pytest.Function,
    module: Path,
    memory: SharedMemory,
    output: int,
    stacks: int,
    coverage: str,
    waits: int,
) -> NoReturn:
    """Run `item` and put the verdict into `memory`, once something comes from `waits`; end if nothing will.

    `output` and `stacks` are descriptors to write to; `coverage`, if it is not
    empty, is the directory in which to leave a record of the module's branches that ran.
    """
    me = _getpid()
    conclusion = INTERRUPTED
    try:
        try:
            try:
                inherited.replace(output, stacks, waits)
                if coverage:
                    prepare_to_measure(module).start()
                conclusion = _run(item, module, memory, waits).to_memory()
                if coverage:
                    _keep_measured(module, Path(coverage))
            finally:
                # From here on no handler of the learner's runs any more. One may raise in this call, or in
                # one above, and nowhere between them: Python looks for signals only around calls and loops,
                # and 3.10 where an exception arrives, too, unless a try begins there.
                try:
                    _mask(_BLOCK, _ALL)
                finally:
                    pass
        except BaseException as error:
            conclusion = AUDITED if actors.audited() else INTERRUPTED  # if it raises even in what follows
            conclusion = _unexpected(error, module).to_memory()
    finally:
        try:
            _leave(memory, conclusion, me)
        finally:  # signals still reach threads that the learner's code has left, and their handlers raise in this one
            _leave(memory, conclusion, me)


def _leave(memory: SharedMemory, conclusion: str, me: int) -> NoReturn:
    """End, whatever hooks of the learner's code raise meanwhile; hand the verdict over if this is process `me`."""
    attempts = 100
    while True:
        try:
            attempts -= 1
            if _getpid() == me and attempts > 0:
                memory.conclusion = conclusion
                memory.phase = "finished"
                me = 0
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except BaseException:
                    pass
            _exit(0)
        except BaseException:
            continue


def _unexpected(error: BaseException, module: Path) -> Verdict:
    """The verdict where an exception came in the engine's own part: code of the learner's ran there, or we erred."""
    tracing = _gettrace(), _getprofile()
    _settrace(None)
    _setprofile(None)
    if actors.audited():
        return Verdict(Kind.FAILED, got=f"an audit hook of your code raised {describe(error)}", words=AUDIT)
    learner = [number for name, number in lines_of(error) if name == str(module)]
    # The engine raises neither of the two: a signal, or another thread, has asked for it.
    if learner or isinstance(error, (KeyboardInterrupt, SystemExit)):
        got = f"{describe(error)} (raised while nobody called your code)"
        words = "A handler, a trace function or an object of yours acted on its own."
        return Verdict(Kind.FAILED, line=learner[-1] if learner else 0, got=got, words=words)
    if replaced := tampering.put_back():
        return Verdict(Kind.FAILED, got=describe(error), words=f"{replaced[0]} was replaced, for everybody.")
    if acting := here.actors.put_back() + here.actors.changed(*tracing):
        got = f"{describe(error)} (raised while nobody called your code)"
        return Verdict(Kind.FAILED, got=got, words=f"It may act on its own: {acting[0]}.")
    return Verdict(Kind.FAULT, got=describe(error), words=traceback.format_exc())


def _keep_measured(module: Path, directory: Path) -> None:
    measured = prepare_to_measure(module)
    measured.stop()
    arcs = measured.get_data().arcs(str(module)) or []
    (directory / str(_getpid())).write_text(json.dumps(arcs), encoding="ascii")


def _run(item: pytest.Function, module: Path, memory: SharedMemory, waits: int) -> Verdict:
    """The verdict on a test: steps whose order keeps the learner's code out of the engine's, so they stand together."""
    global here
    own_threads: set[threading.Thread] = {threading.main_thread()}
    here = Here(memory, recorder, Tape(recorder), module, own_threads, actors.Actors())
    assertions = Assertions(recorder)
    before = leftovers.State.now()
    before.descriptors.discard(waits)
    theirs = vars(item.module)
    suite = {name: value for name, value in theirs.items() if callable(value)}
    me, depth = _getpid(), sys.getrecursionlimit()
    if not os.read(waits, 1):  # what is above may be done long before the test begins, or for one that never does
        _exit(0)
    os.close(waits)
    os.register_at_fork(after_in_child=lambda: setattr(recorder, "on", False))
    recorder.start(memory, str(module), str(item.path), own_threads)
    error: BaseException | None = None
    try:
        item.session._setupstate.setup(item)
        memory.phase = "running"
        item.runtest()
    except BaseException as caught:
        error = caught
    if _getpid() != me:
        _exit(0)  # a child that the kata forked has wandered into the engine
    tracing = _gettrace(), _getprofile()  # no trace function hears of calls of C; of any other, it does
    if tracing != here.actors.tracing[:2]:
        _settrace(None)
        _setprofile(None)
    changed = here.actors.put_back()
    memory.note = ""
    sys.setrecursionlimit(max(depth, sys.getrecursionlimit()))  # what follows needs room
    verdict = _judged(error, module, item, assertions)
    passed = error is None
    recorder_on = recorder.on
    serving = any(thread.is_alive() for thread in own_threads - {threading.main_thread()})
    try:
        item.session._setupstate.teardown_exact(None)
    except BaseException as caught:
        if passed:
            tampering.put_back()
            verdict = explain(caught, module, item.path, assertions.failed)
            passed = False
    recorder.on = recorder_on
    if not passed:
        return verdict
    replaced = tampering.put_back() + [name for name, value in suite.items() if theirs.get(name) is not value]
    noticed = [f"{name} was replaced" for name in replaced] + changed + here.actors.changed(*tracing)
    del error
    item.funcargs.clear()
    try:
        left = leftovers.left_behind(before, recorder, own_threads, serving, noticed)
    except OSError as caught:  # no descriptor is left to look with, or no directory
        left = [(f"the process is in a state that does not let us look: {describe(caught)}", 0, leftovers.CHANGED)]
    if left:
        got, (_, line, words) = "; ".join(text for text, *_ in left[:4]), left[0]
        verdict = replace(verdict, kind=Kind.LEAKED, wanted=leftovers.WANTED, got=got, line=line, words=words)
    return verdict


def _judged(error: BaseException | None, module: Path, item: pytest.Function, assertions: Assertions) -> Verdict:
    """What the test itself came to, before anything is cleaned up."""
    verdict = Verdict(Kind.PASSED)
    if error is not None:
        # The report needs the builtins; the other names may be what the suite has put in their place.
        changed = [name for name in tampering.put_back() if "." not in name]
        verdict = explain(error, module, item.path, assertions.failed)
        if changed:
            verdict.words = f"{changed[0]} was replaced, for everybody in the process."
    recorder.mark("off")
    if error is not None:
        with contextlib.suppress(Exception):  # it holds without
            verdict = with_evidence(verdict, error, item, recorder, here.background, here.errors)
    verdict.until = assertions.moment(error)
    verdict.predicted = [list(one) for one in here.predicted]
    if error is not None or here.predicted:
        verdict.kernel = queues(recorder)
    recorder.mark("on")
    return verdict
