"""Make the virtual environment that the Makefile uses, with what is pinned, and nothing else.

This file alone must run on an old Python too, to say that it is too old.
"""

import subprocess
import sys
from pathlib import Path

NEED = (3, 10)
ENVIRONMENT = Path(".venv")


class Failed(Exception):
    """Setting up came to nothing; the text is one line."""


def install(requirements: str, stamp: str) -> None:
    """Install the pinned packages of one file; `stamp` keeps what was installed.

    Raises Failed with one line that says what to do.
    """
    if sys.version_info < NEED:
        version = ".".join(str(part) for part in sys.version_info[:3])
        raise Failed(f"the katas need Python 3.10 or newer, and this is {version}: try make PYTHON=python3.12")
    wanted = Path(requirements).read_text(encoding="utf-8")
    if Path(stamp).exists() and Path(stamp).read_text(encoding="utf-8") == wanted:
        Path(stamp).touch()  # a checkout has made the file newer, and changed nothing in it
        return
    if stamp.endswith("ready"):
        print(f"setting up {ENVIRONMENT} with {requirements}: this happens once", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], stderr=subprocess.PIPE)
        if made.returncode:
            reason = made.stderr.decode("utf-8", "replace").strip().splitlines()
            hint = reason[-1] if reason else "is the directory read-only, or the package python3-venv missing?"
            raise Failed(f"{ENVIRONMENT} could not be made: {hint}")
    python = ENVIRONMENT / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", requirements]
    if subprocess.call(command):
        raise Failed(f"the packages of {requirements} could not be installed: is there a network?")
    Path(stamp).write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    try:
        install(sys.argv[1], sys.argv[2])
    except Failed as failed:
        sys.exit(str(failed))
    except OSError as error:
        sys.exit(f"setting up failed: {error}")
    except KeyboardInterrupt:
        sys.exit("stopped; the next make sets up again")
