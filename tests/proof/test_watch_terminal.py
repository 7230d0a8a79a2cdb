"""The terminal is whole after `make watch`, whatever has ended or stopped it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest

from proof.watched import (
    HANGS,
    KEYS,
    RIGHT,
    Watch,
    all_green,
    first_red,
    in_place,
    typed,
    where,
)


def test_the_terminal_is_whole_after_quitting(watch: Watch, place: Path, answer: Path) -> None:
    # The answer finds the terminal of the process that watches, makes it raw, and writes on it.
    in_place(
        answer,
        "import os, termios, tty\n\n\ndef accept_pending(listener):\n"
        "    for pid in os.listdir('/proc'):\n        try:\n"
        f"            if pid.isdigit() and os.readlink(f'/proc/{{pid}}/cwd') == {str(answer.parents[2])!r}:\n"
        "                terminal = os.open(os.readlink(f'/proc/{pid}/fd/0'), os.O_RDWR | os.O_NOCTTY)\n"
        "                tty.setraw(terminal)\n                os.write(terminal, b'\\x1b[?1049hgarbage')\n"
        "                os.close(terminal)\n"
        "        except (OSError, termios.error):\n            pass\n    return [42]\n",
    )
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", f"stty sane; {typed(place)}; stty -a"])
    terminal.until("42" if sys.platform == "linux" else first_red)
    # A test behind the first one may still be under way, and throw away what was typed (TCSAFLUSH).
    while "speed" not in terminal.screen:  # the first word of stty
        terminal.press("q")
        while "speed" not in terminal.screen and terminal.read(5):
            pass
    assert terminal.wait() == 0
    for mode in ("icanon", "echo", "isig", "opost"):
        # A q that was typed once more than needed is echoed into what stty prints.
        assert re.search(rf"(?<![-\w])q*{mode}\b", terminal.screen), terminal.screen


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_everything_it_started(how: signal.Signals, watch: Watch, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch()
    terminal.until("testing, ")
    os.kill(terminal.pid, how)
    assert terminal.wait() == 0
    if sys.platform == "linux":
        assert not [pid for pid in Path("/proc").glob("[0-9]*") if where(pid) == str(answer.parents[2])]


def test_the_screen_follows_the_window(watch: Watch) -> None:
    terminal = watch()
    wide = terminal.until(KEYS)
    terminal.resize((60, 30))
    terminal.until(lambda screen: screen != wide and "l list" in screen)
    assert max(len(line) for line in terminal.screen.splitlines()) <= 60


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed: Ctrl-Z and fg were not tried")
def test_ctrl_z_gives_the_shell_back_and_fg_the_watch(watch: Watch, place: Path, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch(command=["bash", "--norc", "--noprofile", "-i"], PS1="ready> ")
    terminal.until("ready> ")
    terminal.press(f"{typed(place)}\n")
    terminal.until("testing, ")
    terminal.press("\x1a")
    terminal.until(lambda screen: "Stopped" in screen and screen.endswith("ready> "))
    terminal.press("echo a $((6 * 7)) b\n")
    terminal.until("a 42 b")
    in_place(answer, RIGHT)
    terminal.press("fg\n")
    terminal.until(all_green)
    terminal.press("q")
    terminal.until(lambda screen: screen.endswith("ready> "))
    terminal.press("exit\n")
    terminal.wait()
