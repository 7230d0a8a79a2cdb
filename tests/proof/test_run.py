"""`make run` on a real terminal: what it says can be pasted, and what was pasted works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.core.places import choose, programs, typed
from dojo.learner import clients
from dojo.learner.run import connected
from dojo.upkeep.terminal import Terminal

SIZE = (80, 24)
PORT = re.compile(r"serving on port (\d+);")
GREETS = "welcome, 127.0.0.1 port "
# What a client of each program shows: where nothing is typed, and where a line of hello is.
UNASKED = {"1.14": GREETS, "2.8": GREETS, "7.2": "hello, whoever you are"}
IN_PLACE_OF = {"7.2": "curl", "7.3": "redis-cli"}
Start = Callable[..., Terminal]


def environment(**more: str) -> dict[str, str]:
    ours = ("PYTEST_", "MAKE", "MFLAGS", "DOJO", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"TERM": "xterm"} | more


@pytest.fixture
def terminal(clone: Path) -> Iterator[Start]:
    """`terminal(line)` runs a line of the shell in the copy, on a terminal of its own."""
    opened: list[Terminal] = []

    def start(line: str, **more: str) -> Terminal:
        opened.append(Terminal(["bash", "-c", line], clone, environment(**more), SIZE))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def shown_command(terminal: Terminal) -> str:
    """The last line that is indented: the command to paste, whole, as a terminal copies a line that it has wrapped."""
    return [line for line in terminal.text.splitlines() if line.startswith("  ")][-1].strip()


def ended(terminal: Terminal) -> str:
    terminal.wait()
    return terminal.screen


@pytest.fixture
def poor(tmp_path: Path) -> str:
    """A PATH with nothing on it that could be a client, but Python."""
    for name in ("bash", "sh", "make", "env"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    (tmp_path / "python3").symlink_to(sys.executable)
    return str(tmp_path)


@pytest.mark.parametrize("installed", ["all", "none"])
@pytest.mark.parametrize("kata", [program.id for program in programs()])
def test_the_client_that_is_named_gets_an_answer(terminal: Start, poor: str, kata: str, installed: str) -> None:
    fitting = IN_PLACE_OF.get(kata, "nc")
    if installed == "all" and not shutil.which(fitting):
        pytest.skip(f"{fitting} is not installed: {kata} was not tried with it")
    path = os.environ["PATH"] if installed == "all" else poor
    upstream = terminal("make run K=5.10 SIDE=solutions PORT=0")
    to = PORT.search(upstream.until("another terminal"))
    assert to
    server = terminal(f"make run K={kata} SIDE=solutions PORT=0 TO={to[1]}", PATH=path)
    screen = server.until(lambda screen: "another terminal" in screen and server.text.count("\n") >= 3)
    assert (f"({fitting} is not installed here)" in screen) == (installed == "none")
    line = shown_command(server)
    assert line.startswith("python3 -I -c " if installed == "none" else f"{fitting} ")
    client = terminal(line, PATH=path)
    if kata in UNASKED:
        client.until(UNASKED[kata])
    elif kata == "7.3":
        client.until("> " if installed == "all" else "")  # a prompt throws away what was typed before it
        client.press("ECHO hello\r")  # what the key sends
        client.until('"hello"' if installed == "all" else "$5\nhello")
    elif kata == "3.12":
        client.press("hello\n")
        server.until(": hello\n")
        server.press("an answer\n")
        client.until("an answer")
    else:
        client.press("hello\n")
        client.until(lambda screen: screen.count("hello") == 2)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_a_program_shows_is_shown_at_once(terminal: Start, unbuffered: str) -> None:
    server = terminal("make run K=1.14 SIDE=solutions PORT=0", PYTHONUNBUFFERED=unbuffered)
    found = PORT.search(server.until("another terminal"))
    assert found
    with socket.create_connection(("127.0.0.1", int(found[1]))) as client:
        client.sendall(b"hello\n")
        server.until("\nhello")


def test_each_program_has_a_client_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    for program in programs():
        told, line = clients.to_talk(program, "127.0.0.1", 6969)
        assert f"({IN_PLACE_OF.get(program.id, 'nc')} is not installed here)" in told
        assert sys.executable in line, "there is not even a python3"
    monkeypatch.setattr("shutil.which", lambda name: name if name in ("nc", "python3") else None)
    assert clients.to_talk(choose("7.3")[0], "127.0.0.1", 6969)[1] == "  nc 127.0.0.1 6969"
    assert clients.to_talk(choose("7.2")[0], "127.0.0.1", 6969)[1].startswith("  python3 -I -c ")


@pytest.mark.parametrize("side", ["katas", "solutions", "tests/proof/../../solutions", "a side with 'quotes' and $$"])
def test_a_taken_port_is_answered_with_one_that_is_free(terminal: Start, clone: Path, side: str) -> None:
    copy = clone / side.replace("$$", "$")
    if not copy.exists():
        shutil.copytree(clone / "solutions", copy)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = terminal(typed("run", K="5.10", SIDE=side.replace("$$", "$"), PORT=port))
        screen = ended(refused)
        assert f"port {port}: Address already in use. This one is free:\n" in screen
        line = shown_command(refused)
        assert line.startswith("make run K=5.10")
        assert ("SIDE=" in line) == (side != "katas")
        assert f"PORT={port}" not in line
        assert f"serving on port {line.rpartition('=')[2]};" in terminal(line).until("another terminal")


def test_a_relay_refuses_to_be_its_own_client(terminal: Start) -> None:
    screen = ended(terminal("make run K=7.5 SIDE=solutions PORT=7071 TO=7071"))
    assert screen.startswith("TO=7071 is the port of the relay itself: TO= takes the port of another server\nmake: ***")
    for other in ("5.10", "7.1"):  # which relay nothing
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        screen = terminal(f"make run K={other} SIDE=solutions PORT={port} TO={port}").until("another terminal")
        assert f"serving on port {port};" in screen


def test_a_relay_says_that_its_target_is_not_there_and_goes_on(terminal: Start) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and does not listen: a connection is refused
        target = closed.getsockname()[1]
        server = terminal(f"make run K=7.5 SIDE=solutions PORT=0 TO={target}")
        screen = server.until(lambda screen: "for example:\n" in screen and screen.endswith(f"PORT={target}\n"))
        assert f"TO={target}: nobody answers there (Connection refused). The relay goes on" in screen
        found = PORT.search(screen)
        assert found
        with socket.create_connection(("127.0.0.1", int(found[1]))) as early:
            early.settimeout(20)
            assert early.recv(1) == b""
    terminal(shown_command(server)).until("another terminal")
    with socket.create_connection(("127.0.0.1", int(found[1]))) as late:
        late.settimeout(20)
        late.sendall(b"hello")
        assert late.recv(5) == b"hello"


def test_a_target_that_is_there_is_not_talked_of(terminal: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as target:
        server = terminal(f"make run K=7.5 SIDE=solutions PORT=0 TO={target.getsockname()[1]}")
        assert target.accept()
        server.until("another terminal")
        server.press("\x03")
        assert "nobody answers" not in ended(server)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the connections of a port in /proc")
@pytest.mark.parametrize(
    ("number", "words"), [(0, "stopping; "), (1, "waits for 1 client "), (3, "waits for 3 clients ")]
)
def test_whoever_waits_for_clients_says_so(terminal: Start, number: int, words: str) -> None:
    server = terminal("make run K=7.6 SIDE=solutions PORT=0")
    found = PORT.search(server.until("another terminal"))
    assert found
    address = "127.0.0.1", int(found[1])
    silent = [socket.create_connection(address) for _ in range(number)]
    server.press("\x03")
    assert words in server.until("Ctrl-C again stops it at once")
    if number == 1:
        server.press("\x03")
        server.until("stopped at once")
    for sock in silent:
        sock.close()
    server.until("stopped")
    assert "Traceback" not in ended(server)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the connections of a port in /proc")
def test_clients_are_counted_accepted_or_not_and_those_that_are_gone_are_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert connected(port) == 0
        first, second = (socket.create_connection(listener.getsockname()) for _ in range(2))
        conn, _ = listener.accept()
        assert connected(port) == 2
        first.close()
        assert conn.recv(1) == b""
        assert connected(port) == 2, "it has ended, and the server has not closed it yet"
        conn.close()
        assert connected(port) == 1
        second.close()


def test_a_program_that_swallows_ctrl_c_is_ended_by_the_second(terminal: Start, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(
        "def serve(listener, show=print):\n    while True:\n        try:\n            print('in', flush=True)\n"
        "            listener.accept()\n        except KeyboardInterrupt:\n            print('no', flush=True)\n"
    )
    server = terminal(f"make run K=1.14 SIDE={answer} PORT=0")
    server.until("\nin\n")  # what comes before its try statement swallows nothing
    server.press("\x03")
    server.until("\nno\n")
    server.press("\x03")
    server.until("stopped at once")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def serve(:\n", "SyntaxError"),
        ("serve = 42\n", "serve() is not what the brief asks for: 42 is not a callable object"),
        ("def serve():\n    pass\n", "serve() is not what the brief asks for: too many positional arguments"),
        ("x = 1\n", "serve is not defined"),
        ("def serve(listener, stop, patience=1):\n    raise NotImplementedError\n", "7.1 is not written yet"),
    ],
)
def test_what_is_no_program_is_one_line(clone: Path, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "answer.py").write_text(text)
    line = f"make run K=7.1 SIDE={tmp_path / 'answer.py'} PORT="
    ran = subprocess.run(["bash", "-c", f"{line}0"], cwd=clone, env=environment(), capture_output=True, text=True)
    assert ran.returncode != 0
    assert words in ran.stderr
    assert len(ran.stderr.splitlines()) == 2, "and make's own line"
    # What is said of ports needs nothing of the file.
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line += str(taken.getsockname()[1])
        ran = subprocess.run(["bash", "-c", line], cwd=clone, env=environment(), capture_output=True, text=True)
    assert "Address already in use" in ran.stderr


def test_an_error_of_a_program_is_shown_as_its_own(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text("def serve(listener, stop):\n    listener.accept(1)\n")
    line = f"make run K=7.1 SIDE={tmp_path / 'answer.py'} PORT=0"
    ran = subprocess.run(["bash", "-c", line], cwd=clone, env=environment(), capture_output=True, text=True)
    assert ran.returncode != 0
    assert "line 2, in serve\n    listener.accept(1)\n" in ran.stderr
    assert "TypeError: " in ran.stderr
    assert "tests/dojo" not in ran.stderr


def test_a_worker_of_a_program_says_nothing_of_its_own(terminal: Start) -> None:
    server = terminal("make run K=7.8 SIDE=solutions PORT=0")
    server.until("another terminal")
    server.press("\x03")  # the terminal sends it to all of them
    screen = ended(server)
    assert screen.count("Ctrl-C again") == 1
    assert screen.endswith("stopped\n")


def test_a_reader_who_goes_away_does_not_end_the_program(clone: Path) -> None:
    run = subprocess.Popen(
        ["bash", "-c", "make run K=5.10 SIDE=solutions PORT=0 | head -1"],
        cwd=clone, env=environment(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    found = PORT.search(run.stdout.readline())
    assert found
    with socket.create_connection(("127.0.0.1", int(found[1]))) as client:
        client.settimeout(20)
        client.sendall(b"hello")
        assert client.recv(5) == b"hello"
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=20)
