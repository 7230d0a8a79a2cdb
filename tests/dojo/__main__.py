"""Run one command; what K, SIDE and the others say comes through the environment."""

from __future__ import annotations

import os
import re
import shlex
import sys
import traceback

from dojo.commands import SETTINGS, named


def misspelled(flags: str) -> str:
    """What is wrong with the names on make's command line, of which `flags`, MAKEFLAGS, tells; empty if nothing is.

    make takes any name, and k=2.1 would run all seventy.
    """
    for word in re.findall(r"(?:\\.|[^\\\s])+", flags):
        name, given, value = word.partition("=")
        if given and name not in SETTINGS and name.upper() in SETTINGS:
            value = re.sub(r"\\(.)", r"\1", value).replace("$$", "$")
            return f"{name}={value}: say {name.upper()}={shlex.quote(value)}"
    return ""


def main(name: str) -> int:
    """The exit status: 2 for bad input, said in one line; 3 if the engine failed; 130 after Ctrl-C."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    wanted, side = os.environ.get("K", ""), os.environ.get("SIDE") or "katas"
    from dojo.core import screen
    from dojo.core.places import BadInput, choose, find_side

    screen.guard()
    try:
        if wrong := misspelled(os.environ.get("MAKEFLAGS", "")):
            raise BadInput(wrong)
        command = named(name)
        if command is None:
            raise BadInput(f"there is no command {name}: make shows all of them")
        if find_side(side).is_file() and len(choose(wanted)) > 1:
            raise BadInput(f"SIDE={side} is one file and answers one kata: say which, as in K=2.1")
        choose(wanted)
        if command.needs:
            from dojo.core import virtual_environment

            virtual_environment.add(command.needs)
        status = command.run(wanted, side)
        sys.stdout.flush()
        return status
    except BadInput as error:
        print(error, file=sys.stderr)
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
