"""Every command of the Makefile; what K, SIDE and PORT say comes through the environment."""

from __future__ import annotations

import os
import sys


def main(command: str) -> int:
    """Run one command; bad input is one line and status 2."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    wanted, side = os.environ.get("K", ""), os.environ.get("SIDE") or "katas"
    from dojo.places import BadInput, choose, find_side

    try:
        choose(wanted)
        find_side(side)
        if command == "test":
            from dojo import reporter

            return reporter.run(wanted, side)
        if command == "hint":
            from dojo import hint

            return hint.run(wanted, side)
        if command == "run":
            from dojo import live

            return live.run(wanted, side, os.environ.get("PORT") or "6969")
        if command == "check":
            from dojo import check

            return check.run()
        if command == "bench":
            from dojo import bench

            return bench.run()
        if command == "pages":
            from dojo import pages

            return pages.run()
        from dojo import helping

        return helping.run()
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "help"))
