"""7.8: several processes accept on one listener, a dead one is replaced, and at the end none is left."""

import asyncio  # noqa: F401  (loaded before the fork, as the next one, for the answers that use it)
import contextlib
import gc
import multiprocessing  # noqa: F401
import os
import signal
import socket
from pathlib import Path

import pytest

from dojo.suite import (
    PATIENT,
    ROOM,
    Finding,
    client_gone_before_accept,
    hints,
    is_nonblocking,
    is_writable,
    on_stub,
    over,
    reset,
    rival,
    small_buffers,
    unread,
    wait_queued,
    wait_readable,
    wait_until,
)

AT_ONCE = 1000  # looks, of half a millisecond and more, in which a dead worker is noticed


@pytest.fixture
def ask(comes):
    """`ask(client, words)`: the client sends them to a worker in this process, and gets so much of an answer."""

    def answer(client, words, wanted):
        client.sendall(words)
        comes(lambda: unread(client) >= len(wanted) or over(client), "an answer", PATIENT)
        return client.recv(1024, socket.MSG_DONTWAIT) if unread(client) else b""

    return answer


@pytest.fixture
def me():
    """The number with which a worker in this process answers."""
    return b"%d " % os.getpid()


@hints(
    "A line is what ends with a newline. What is it that recv() returns?",
    "Keep what is not a whole line yet, for each client; answer as many lines as there are.",
)
@on_stub("not each was answered")
def test_a_worker_answers_line_by_line(kata, listener, connect, background, ask, me):
    background(kata.work, listener)
    client = connect(listener)
    assert ask(client, b"hello\n", me + b"hello\n") == me + b"hello\n", (
        "the answer was not the number of the process, then the line"
    )
    two = me + b"one\n" + me + b"two\n"
    assert ask(client, b"one\ntwo\n", two) == two, "two lines came at once, and not each was answered"
    assert ask(client, b"in pie", me) == b"", "your code answered a line that had no newline yet"
    pieces = me + b"in pieces\n"
    assert ask(client, b"ces\n", pieces) == pieces, "a line was not answered once, as a whole"


@hints(
    "One client is connected and says nothing. For whom does the worker wait?",
    "For all of them: a selector, asyncio, or a thread for each client.",
    "Keep what you start for a client: asyncio's loop has weak references alone to its tasks.",
)
@on_stub("one client was silent, and others got no answer")
def test_a_worker_serves_all_its_clients_at_once(kata, listener, connect, background, ask, comes, me):
    background(kata.work, listener)
    silent, first, second = connect(listener), connect(listener), connect(listener)
    for client in (second, first, second):
        words = ask(client, b"hello\n", me + b"hello\n")
        assert words == me + b"hello\n", "one client was silent, and others got no answer"
    gc.collect()
    words = ask(silent, b"hello\n", me + b"hello\n")
    assert words == me + b"hello\n", "garbage was collected, and a client that was silent was lost with it"
    silent.shutdown(socket.SHUT_WR)
    assert comes(lambda: over(silent), "the end"), "one client ended, and its connection is never closed"
    assert ask(first, b"hello\n", me + b"hello\n") == me + b"hello\n", "one client left, and others got no answer"


@hints(
    "The listener was readable, and when you accept the queue is empty. What does accept() do?",
    "On a blocking listener it waits for the next client, and everybody waits with it.",
    "listener.setblocking(False), and BlockingIOError from accept() is not a failure: go on.",
)
@on_stub("another worker took a client first, and the one after that got no answer")
def test_a_client_that_another_worker_takes_holds_up_nobody(kata, listener, connect, keep, background, ask, comes, me):
    background(kata.work, listener)
    client = connect(listener)
    words = me + b"hello\n"
    assert ask(client, b"hello\n", words) == words, "the client got no answer"
    with rival(listener):
        stolen = connect(listener)
        comes(lambda: over(stolen), "the next client to be taken by somebody else", PATIENT)
        answer = ask(client, b"hello\n", words)
        assert answer == words, "another worker took the next client first, and a connected client got no answer"
        late = ask(connect(listener), b"hello\n", words)
        assert late == words, "another worker took a client first, and the one after that got no answer"


@hints(
    "A client sends lines and never reads. Where do its answers go, when its buffers are full?",
    "No send may wait for one client: keep what is not taken, and read no more from it.",
)
@on_stub("one client did not read")
def test_a_client_that_does_not_read_holds_up_nobody(kata, listener, connect, background, ask, comes, me):
    small_buffers(listener, size=ROOM)
    client = connect(listener)
    small_buffers(client, size=ROOM)
    background(kata.work, listener)
    sent = 0
    for _ in range(300):
        if not comes(lambda: is_writable(client), "room, or the worker to rest"):
            break
        with contextlib.suppress(BlockingIOError):
            sent += client.send(10 * (30_000 * b"-" + b"\n"), socket.MSG_DONTWAIT)
    # All the buffers on the way hold some hundred KiB, and the worker 256 KiB at most.
    assert sent < 4_000_000, (
        "one client did not read, and the worker read on for it: it keeps, or loses, what it cannot send"
    )
    words = me + b"hello\n"
    answer = ask(connect(listener), b"hello\n", words)
    assert answer == words, "one client did not read its answers, and another one got none"


class Crew:
    """The whole program, and what the suite does to its workers."""

    def __init__(self, serving, end, connect):
        self.serving, self._end, self._connect = serving, end, connect

    def come(self):
        """A new client, which says hello."""
        client = self._connect()
        client.sendall(b"hello\n")
        return client

    def answers(self, client):
        """Who answers a client's hello, by its number; 0 is nobody: the connection ends."""
        data = b""
        while not data.endswith(b"\n"):
            wait_readable(client, "the answer of a worker")
            data += client.recv(1) or b"0 \n"
        who = int(data.split()[0])
        assert who != os.getpid(), "your serve() answered itself: its workers should do that, each with its own number"
        return who

    def stop(self):
        """Make it stop, and wait until it has; nothing may be left."""
        self._end.send(b"!")
        wait_until(lambda: self.serving.done, "serve() to return: `stop` is readable")
        self.serving.result()
        try:
            left, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        how = f"process {left} is a zombie" if left else "a process is still running"
        raise Finding("serve() returned, and had not waited for the end of a worker", "no process is left", how)


@pytest.fixture
def start(kata, listener, connect, keep, background, tape):
    """`start()` starts the program with so many workers."""
    stop, end = keep(socket.socketpair())
    tape.label(stop, "stop")
    tape.label(end, "operator")

    def crew(*workers):
        return Crew(background(kata.serve, listener, stop, *workers), end, lambda: connect(listener))

    return crew


def halt(pid):
    """Let a worker stand still (SIGSTOP), and wait until it does."""
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: state(pid) in ("T", "t", "?"), "a worker to stand still")


def state(pid):
    """The state letter of a process (proc(5)); Z is a zombie, "" nobody, "?" where there is no /proc."""
    if not Path("/proc/self").exists():
        return "?"
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


@hints(
    "The parent starts workers and waits. Who accepts?",
    "The workers alone, each on its copy of the listener.",
)
@on_stub("a client got no answer while another one was served")
def test_each_client_is_served_by_one_of_the_workers(start):
    crew = start()
    clients = [crew.come() for _ in range(12)]
    wait_until(lambda: any(unread(client) for client in clients), "the first answer")
    wait_until(quiet(clients), "the other answers")
    assert all(map(unread, clients)), "a client got no answer while another one was served"
    first = [crew.answers(client) for client in clients]
    assert len(set(first)) <= 2, "clients were dealt out to more processes than there should be workers"
    for client in clients:
        client.sendall(b"hello again\n")
    assert [crew.answers(client) for client in clients] == first, "a client was served by more than one worker"
    crew.stop()


def quiet(clients, looks=AT_ONCE):
    """A condition: all clients have an answer, or nothing more has come for so many looks."""
    seen = []

    def look():
        seen.append([unread(client) for client in clients])
        return all(seen[-1]) or seen[-looks:] == looks * seen[-1:]

    return look


@hints(
    "One worker has a client, or stands still. Which worker takes the next one?",
    "Each of the workers can: they all wait on the same listener.",
)
@on_stub("serve() returned, and had not waited for the end of a worker")
@pytest.mark.parametrize("workers", [(), (3,)], ids=["two if nobody says how many", "three"])
def test_each_of_the_workers_accepts(start, workers):
    crew = start(*workers)
    found = []
    for number in range(*workers or (2,)):
        found.append(crew.answers(crew.come()))
        assert len(set(found)) == number + 1, "a worker that was stopped answered"
        # It stands still now, and the next client is for another one.
        halt(found[-1])
    late = crew.come()
    wait_until(quiet([late], PATIENT), "an answer of somebody else")
    assert not unread(late), "all workers were stopped, and somebody answered: there was one more than there should be"
    for pid in found:
        os.kill(pid, signal.SIGCONT)
    crew.stop()


def noticed(dead, client, rests):
    """A condition: the client has an answer; not so when it rests, and has not waited for its dead worker."""
    looks = 0

    def look():
        nonlocal looks
        looks = looks + 1 if state(dead) == "Z" and rests() else 0
        if looks > AT_ONCE:
            raise Finding(
                "a worker died, and your server did not replace it",
                "another one should answer",
                "the dead one was a zombie",
            )
        return bool(unread(client))

    return look


@hints(
    "A worker is killed. How does its parent find out, while it waits for `stop`?",
    "Wait for both: os.pidfd_open() and a Process's sentinel become readable at the end of a process.",
    "waitpid() first, so that no zombie is left, then start another one.",
)
@on_stub("a worker died, and your server did not replace it")
def test_a_worker_that_dies_is_replaced(start, resting):
    crew = start()
    first = crew.answers(crew.come())
    halt(first)
    second = crew.answers(crew.come())
    # One of the two is killed, and the other one stands still: only a third one can answer.
    os.kill(first, signal.SIGKILL)
    halt(second)
    client = crew.come()
    wait_until(noticed(first, client, resting()), "a new worker to answer: one was killed, and is to be replaced")
    assert crew.answers(client) not in (0, first, second), "the client was not answered by a new worker"
    assert state(first) in ("", "?"), "a worker died, and your server did not wait for it: a zombie"
    os.kill(second, signal.SIGCONT)
    crew.stop()


@hints(
    "kill() only asks. When is the process gone, and which process must wait for it?",
    "os.waitpid() or join() for each worker, those among them that have never had a client.",
)
@on_stub("serve() returned, and had not waited for the end of a worker")
def test_at_stop_no_process_is_left(start):
    crew = start(4)
    crew.answers(crew.come())
    crew.serving.asleep()
    crew.stop()


@hints(
    "`stop` may be readable before the first client comes, or before you look.",
    "Look at `stop` in the same wait as at the workers; a byte that was sent early is still there.",
)
@on_stub("serve() returned, and had not waited for the end of a worker")
def test_it_may_be_stopped_before_anybody_comes(start):
    start().stop()


@hints(
    "O_NONBLOCK belongs to what all processes share. Whose mode is it that a worker sets?",
    "Everybody's: put the listener's mode back when the last worker has ended. Do not close the listener.",
)
@on_stub("serve() returned, and had not waited for the end of a worker")
@pytest.mark.parametrize("mode", [None, 60.0, 0.0])
def test_the_listener_stays_as_it_was(start, listener, connect, mode):
    listener.settimeout(mode)
    flag = is_nonblocking(listener)
    crew = start()
    client = crew.come()
    crew.answers(client)
    crew.stop()
    wait_readable(client, "the end of the connections")
    assert over(client), "no worker was left, and a connection was"
    assert listener.fileno() != -1, "your server closed the listener, which is the caller's"
    assert listener.gettimeout() == mode, "your server left the listener in another mode"
    assert is_nonblocking(listener) == flag, "your server did not put O_NONBLOCK back, which it shares with the workers"
    connect(listener)
    wait_queued(listener, 1)


@hints(
    "A client resets. Which of your lines raise then, and what else ends with them?",
    "except OSError round the conversation with one client, and nothing more.",
)
@on_stub("ECONNRESET")
def test_a_reset_is_the_end_of_one_client_alone(kata, listener, connect, background, ask, resting, untaken, me):
    background(kata.work, listener)
    gone = connect(listener)
    words = me + b"hello\n"
    assert ask(gone, b"hello\n", words) == words, "the client got no answer"
    other = connect(listener)
    reset(gone)
    assert ask(other, b"hello\n", words) == words, "one client reset, and another one got no answer"
    with client_gone_before_accept(listener):
        late = ask(connect(listener), b"hello\n", words)
    assert late == words, "one client was gone before accept() returned, and the next one got no answer"
    wait_until(resting(), "the worker to rest")
    assert not untaken, "one client reset, and nobody took its error: asyncio printed it"
