"""What runs first on a host of `make judge HOSTS=`: it unpacks what was sent, and passes lines to the engine and back.

execnet sends the source of this file and runs it in the host's Python. That process has threads and must not fork, so
the engine is another one. Nothing but the standard library is there yet. What it sends is lines of JSON.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

OLDEST = (3, 10)


def serve(channel: Any) -> None:
    """Take a bundle and whether root will do; then judge, until nobody asks any more or the engine has ended."""
    bundle, root_will_do = channel.receive()
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        refuse(channel, f"{sys.executable} is Python {version}: 3.10 or newer is needed")
    elif os.geteuid() == 0 and not root_will_do:
        refuse(channel, "its user is root, whom other people's code could change everything: say ROOT=yes")
    else:
        try:
            place = Path(tempfile.mkdtemp(prefix="dojo-"))
            try:
                with tarfile.open(fileobj=io.BytesIO(bundle)) as archive:
                    extract: Any = archive.extractall
                    extract(place, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
                judge(channel, place)
            finally:
                shutil.rmtree(place, ignore_errors=True)
        except OSError as error:  # a full disk, say
            refuse(channel, str(error))


def refuse(channel: Any, why: str) -> None:
    """Say why nothing is judged here."""
    channel.send(json.dumps({"refused": why}))


def judge(channel: Any, place: Path) -> None:
    """Start the engine, and pass on what comes from either end."""
    ours = {"PYTHONPATH": str(place / "packages"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, str(place / "tests" / "dojo" / "core" / "start.py"), "dojo.team.hosted"]
    said: Any = tempfile.TemporaryFile()
    engine: Any = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        cwd=place,
        env={**os.environ, **ours},
        start_new_session=True,
    )

    def feed(line: Any) -> None:
        try:
            if line is None:  # nobody asks any more: the engine ends, whatever it judges
                engine.stdin.close()
            else:
                engine.stdin.write(line.encode() + b"\n")
                engine.stdin.flush()
        except (OSError, ValueError):  # it has ended
            pass

    channel.setcallback(feed, endmarker=None)
    for line in engine.stdout:
        channel.send(line.decode())
    status = engine.wait()
    said.seek(0)
    words = [line.strip() for line in said.read().decode("utf-8", "replace").split("\n") if line.strip()]
    refuse(channel, f"its engine has ended with status {status}" + (f": {words[-1]}" if words else ""))


if __name__ == "__channelexec__":
    serve(globals()["channel"])
