"""Every command of the Makefile; what K, SIDE, PORT, TO and RUNS say comes through the environment.

Each command imports what it needs alone: a test of one kata should start fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from dojo.core.maker import end_as_after_ctrl_c, end_with_make


def _test(wanted: str, side: str) -> int:
    from dojo.learner import test

    return test.run(wanted, side)


def _hint(wanted: str, side: str) -> int:
    from dojo.learner import hint

    return hint.run(wanted, side)


def _watch(wanted: str, side: str) -> int:
    from dojo.watch import loop

    return loop.run(wanted, side)


def _brief(wanted: str, side: str) -> int:
    from dojo.learner import status

    return status.brief(wanted, side)


def _diff(wanted: str, side: str) -> int:
    from dojo.learner import diff

    return diff.run(wanted, side)


def _reset(wanted: str, side: str) -> int:
    from dojo.learner import kept_work

    return kept_work.run_reset(wanted, side)


def _undo(wanted: str, side: str) -> int:
    from dojo.learner import kept_work

    return kept_work.run_undo(wanted, side)


def _stub(wanted: str, side: str) -> int:
    from dojo.learner import kept_work

    return kept_work.run_stub(wanted, side)


def _run(wanted: str, side: str) -> int:
    from dojo.learner import run

    return run.run(wanted, side, os.environ.get("PORT") or "6969", os.environ.get("TO") or "7070")


def _check(wanted: str, side: str) -> int:
    from dojo.upkeep import check

    return check.run()


def _bench(wanted: str, side: str) -> int:
    from dojo.upkeep import bench

    return bench.run()


def _stress(wanted: str, side: str) -> int:
    from dojo.upkeep import stress

    return stress.run(os.environ.get("RUNS") or "1")


def _pages(wanted: str, side: str) -> int:
    from dojo.upkeep import pages

    return pages.run()


def _versions(wanted: str, side: str) -> int:
    from dojo.upkeep import versions

    return versions.run()


def _mutants(wanted: str, side: str) -> int:
    from dojo.upkeep import mutants

    return mutants.run(wanted)


def _mistakes(wanted: str, side: str) -> int:
    from dojo.upkeep import mistakes

    return mistakes.run(wanted)


def _models(wanted: str, side: str) -> int:
    from dojo.upkeep import models

    return models.run(os.environ.get("PLOT") or "")


def _help(wanted: str, side: str) -> int:
    from dojo.learner import status

    return status.run(side)


COMMANDS: dict[str, Callable[[str, str], int]] = {
    "help": _help,
    "test": _test,
    "watch": _watch,
    "hint": _hint,
    "brief": _brief,
    "diff": _diff,
    "reset": _reset,
    "undo": _undo,
    "stub": _stub,
    "run": _run,
    "check": _check,
    "bench": _bench,
    "stress": _stress,
    "pages": _pages,
    "models": _models,
    "mistakes": _mistakes,
    "mutants": _mutants,
    "versions": _versions,
}


def main(command: str) -> int:
    """Run one command; bad input is one line and status 2."""
    end_as_after_ctrl_c()
    end_with_make()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    wanted, side = os.environ.get("K", ""), os.environ.get("SIDE") or "katas"
    from dojo.core.places import BadInput, choose, find_side

    try:
        if find_side(side).is_file() and len(choose(wanted)) > 1:
            raise BadInput(f"SIDE={side} is one file and answers one kata: say which, as in K=2.1")
        choose(wanted)
        return COMMANDS[command](wanted, side)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "help"))
