"""Set up what the Makefile's commands need: the part that every Python understands, to say that it is too old.

Nothing below may be newer than Python 2.7: what it cannot read it cannot refuse in one line.
"""

import sys

NEED = (3, 10)
OLD = "the katas need Python 3.10 or newer, and this is {}: try make PYTHON=python3.12"

if __name__ == "__main__":
    if sys.version_info < NEED:
        sys.exit(OLD.format(sys.version.split()[0]))
    sys.path.insert(0, __file__.rsplit("/dojo/", 1)[0])
    from dojo.core.virtual_environment import main

    sys.exit(main(*sys.argv[1:]))
