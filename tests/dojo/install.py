"""Make the virtual environment that the Makefile uses, with what is pinned, and nothing else.

This file alone must run on any Python, old ones too, to say that they are too old.
"""

import os
import subprocess
import sys

NEED = (3, 10)
ENVIRONMENT = ".venv"


def fail(text):  # type: ignore[no-untyped-def]
    """End with one line."""
    sys.stderr.write(text + "\n")
    sys.exit(1)


def install(requirements, stamp):  # type: ignore[no-untyped-def]
    """Install the pinned packages of one file; `stamp` is touched when all is there."""
    if sys.version_info < NEED:
        version = ".".join(str(part) for part in sys.version_info[:3])
        fail("these katas need Python 3.10 or newer, and this is %s: say make PYTHON=python3.12 or the like" % version)
    python = os.path.join(ENVIRONMENT, "bin", "python")
    if stamp.endswith("ready"):
        sys.stdout.write("setting up %s with %s: this happens once\n" % (ENVIRONMENT, requirements))
        sys.stdout.flush()
        if subprocess.call([sys.executable, "-m", "venv", "--clear", ENVIRONMENT]):
            fail("%s could not be made: is the directory read-only, or python3-venv missing?" % ENVIRONMENT)
    command = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", requirements]
    if subprocess.call(command):
        fail("the packages of %s could not be installed: is there a network?" % requirements)
    open(stamp, "w").close()


if __name__ == "__main__":
    try:
        install(sys.argv[1], sys.argv[2])
    except OSError as error:
        fail("setting up failed: %s" % error)
    except KeyboardInterrupt:
        fail("stopped; the next make sets up again")
