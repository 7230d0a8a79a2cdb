"""Run one command; what K, SIDE and the others say comes through the environment."""

from __future__ import annotations

import os
import sys
import traceback

from dojo.commands import misspelled, named
from dojo.core.maker import end_as_after_ctrl_c, end_with_make


def main(name: str) -> int:
    """The exit status: 2 for bad input, in one line; 3 if the engine failed; 130 after Ctrl-C. All ends are here."""
    end_as_after_ctrl_c()
    end_with_make()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    wanted, asked = os.environ.get("K", ""), os.environ.get("SIDE", "")
    from dojo.core import records, screen
    from dojo.core.places import BadInput, choose, find_side, side_named

    screen.guard()
    try:
        if wrong := misspelled(os.environ.get("MAKEFLAGS", "")):
            raise BadInput(wrong)
        command = named(name)
        if command is None:
            raise BadInput(f"there is no command {name}: make shows all of them")
        if command.is_new:
            return command.run(wanted, asked)
        side = side_named(wanted, asked)
        if find_side(side).is_file() and len(choose(wanted)) > 1:
            raise BadInput(f"SIDE={side} is one file and answers one kata: say which, as in K=2.1")
        choose(wanted)
        if records.of_another_edition():
            from dojo.learner import carry_over

            carry_over.run()
        if command.needs:
            from dojo.core import virtual_environment

            virtual_environment.add(command.needs)
        status = command.run(wanted, side)
        sys.stdout.flush()
        return status
    except BadInput as error:
        for line in error.args:  # each stays one line, whatever was typed in
            print(screen.Screen.plain().spell(str(line)).replace("\n", "\\n"), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except Exception as error:
        if isinstance(error, ImportError) and not (error.name or "").startswith("dojo"):
            lacking = f"{sys.executable} lacks what the katas need ({error})"
            print(f"{lacking}: say make clean, then make PYTHON= and a Python that has it", file=sys.stderr)
            return 2
        print(f"the engine failed, please report it:\n{traceback.format_exc()}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "help"))
