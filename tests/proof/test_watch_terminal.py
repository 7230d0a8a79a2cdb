"""The terminal is whole after `make watch`, whatever has ended or stopped it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from proof.watched import (
    HANGS,
    KEYS,
    RIGHT,
    Watch,
    all_green,
    ends,
    first_red,
    in_place,
    typed,
    where,
    whole,
)


def test_the_terminal_is_whole_after_quitting(watch: Watch, two_chapters: Path, answer: Path) -> None:
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
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", f"stty sane; {typed(two_chapters)}; stty -a"])
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
    assert whole(terminal)
    if sys.platform == "linux":
        started = [int(path.name) for path in Path("/proc").glob("[0-9]*") if where(path) == str(answer.parents[2])]
        assert all(map(ends, started)), started


def test_the_screen_follows_the_window(watch: Watch) -> None:
    terminal = watch()
    wide = terminal.until(KEYS)
    terminal.resize((60, 30))
    terminal.until(lambda screen: screen != wide and "l list" in screen)
    assert max(len(line) for line in terminal.screen.splitlines()) <= 60


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed: Ctrl-Z and fg were not tried")
def test_ctrl_z_gives_the_shell_back_and_fg_the_watch(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, HANGS)
    terminal = watch(command=["bash", "--norc", "--noprofile", "-i"], PS1="ready> ")
    terminal.until("ready> ")
    terminal.press(f"{typed(two_chapters)}\n")
    terminal.until("testing, ")
    terminal.press("\x1a")
    terminal.until(lambda screen: "Stopped" in screen and screen.endswith("ready> "))
    assert not terminal.shown.alternate and "dojo watch" in terminal.screen.replace("\n", "")
    terminal.press("echo a $((6 * 7)) b\n")
    terminal.until("a 42 b")
    in_place(answer, RIGHT)
    terminal.press("fg\n")
    terminal.until(all_green)
    assert terminal.shown.alternate
    terminal.press("q")
    terminal.until(lambda screen: "a 42 b" in screen and screen.endswith("ready> "))
    assert not terminal.shown.alternate
    terminal.press("exit\n")
    terminal.wait()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed: kill -STOP and fg were not tried")
def test_it_comes_back_from_a_stop_that_nobody_announced(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, RIGHT)
    terminal = watch(command=["bash", "--norc", "--noprofile", "-i"], PS1="ready> ")
    terminal.until("ready> ")
    terminal.press(f"{typed(two_chapters)}\n")
    terminal.until(all_green)
    os.killpg(os.tcgetpgrp(terminal.fd), signal.SIGSTOP)
    terminal.until("Stopped")
    terminal.press("fg\n")
    terminal.until(lambda screen: all_green(screen) and "Stopped" not in screen)
    terminal.press("q")
    terminal.until(lambda screen: not terminal.shown.alternate and screen.endswith("ready> "))


def test_the_scrollback_is_left_alone(watch: Watch, two_chapters: Path) -> None:
    program = f"seq 300; {typed(two_chapters)}; echo and after"
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", program], size=(80, 24))
    terminal.until(first_red)
    assert terminal.shown.alternate
    terminal.press("hlt\x1b")
    terminal.until(lambda screen: KEYS in screen and "Esc" not in screen)
    terminal.press("q")
    assert terminal.wait() == 0
    assert [*terminal.shown.history, *terminal.screen.split()][:300] == [str(number) for number in range(1, 301)]
    assert terminal.screen.endswith("300\nand after\n") and whole(terminal)


def test_kill_9_leaves_the_terminal_whole(watch: Watch, two_chapters: Path) -> None:
    program = f"stty sane; {typed(two_chapters)}; cat"
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", program])
    terminal.until(first_red)
    [watching] = [pid for pid in children(terminal.pid) if not whole(terminal)]
    os.kill(watching, signal.SIGKILL)
    terminal.until(lambda _: whole(terminal))
    terminal.press("as usual\n")
    terminal.until(lambda screen: screen.count("as usual") == 2)  # echoed by the terminal, and told again by cat
    assert "accept_would_block" not in terminal.screen


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(own) for own, parent in map(str.split, listed.splitlines()) if int(parent) == pid]


def test_an_error_of_the_engine_leaves_the_terminal_whole(watch: Watch, two_chapters: Path) -> None:
    with (two_chapters / "tests" / "dojo" / "watch" / "screens.py").open("a", encoding="utf-8") as file:
        file.write('\n\ndef result(*_: object) -> Page:\n    raise RuntimeError("a bug of the engine")\n')
    terminal = watch()
    assert terminal.wait() == 3
    assert whole(terminal) and "a bug of the engine" in terminal.screen


def test_a_terminal_that_goes_away_ends_it_quietly(watch: Watch, two_chapters: Path) -> None:
    terminal = watch(command=[shutil.which("sh") or "sh", "-c", f"exec {typed(two_chapters)} 2>told"])
    terminal.until(first_red)
    os.close(terminal.fd)
    terminal.fd = os.open(os.devnull, os.O_RDONLY)  # for whoever closes it
    _, status = os.waitpid(terminal.pid, 0)
    terminal.status = os.waitstatus_to_exitcode(status)
    assert (terminal.status, (two_chapters / "told").read_text(encoding="utf-8")) == (0, "")


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("bash") is None, reason="no bash, or no word of its parent")
def test_it_ends_quietly_with_the_make_that_started_it(watch: Watch, two_chapters: Path) -> None:
    terminal = watch(command=["bash", "--norc", "--noprofile", "-i"], PS1="ready> ")
    terminal.until("ready> ")
    terminal.press(f"sh -c {shlex.quote(f'{typed(two_chapters)} 2>told; true')}\n")
    terminal.until(first_red)
    os.kill(os.tcgetpgrp(terminal.fd), signal.SIGKILL)  # the process that leads the group is the one in make's place
    terminal.until(lambda _: not terminal.shown.alternate)
    terminal.press("\necho a $((6 * 7)) b\n")
    terminal.until("a 42 b")
    terminal.press("exit\n")
    terminal.wait()
    assert (two_chapters / "told").read_text(encoding="utf-8") == ""
