"""6.2: a coroutine that awaits readiness is registered and suspended, and goes on when its socket is ready."""

import asyncio
import selectors
import socket
from functools import partial
from itertools import chain

import pytest

from dojo.suite import Finding, hints, loops

READ = selectors.EVENT_READ


class Mistake(Exception):
    """What a coroutine of these tests raises, and nobody else."""


sleepless = partial(
    loops.sleepless, words="a task could go on, or run_once(0) was called, and your code waited for a socket"
)


@pytest.fixture
def watched(keep):
    return sleepless(keep(selectors.DefaultSelector()))


@pytest.fixture
def scheduler(kata, watched):
    return kata.Scheduler(watched)


def turn(scheduler, timeout=0):
    """Call run_once(), which no error of a task may leave."""
    try:
        scheduler.run_once(timeout)
    except (Mistake, asyncio.CancelledError) as error:
        words = "an error of one task propagated from run_once(), and stopped all the others"
        raise Finding(words, "it should stay with its task", f"{type(error).__name__} propagated") from error


def turns(scheduler, *tasks):
    """Turn after turn until the tasks are done, or much too many."""
    for _ in range(20):
        if not all(task.done for task in tasks):
            turn(scheduler)


def propagated(kind, scheduler):
    """Whether this exception of a task comes from run_once(), in one of the turns in which it may be raised."""
    try:
        for _ in range(3):
            turn(scheduler)
    except kind:
        return True
    return False


async def hear(scheduler, sock, log=None):
    """Wait for a message, and return it."""
    if log is not None:
        log.append("begun")
    await scheduler.readable(sock)
    return sock.recv(100)


def outcome(task):
    """What has become of a task, in words."""
    if not task.done:
        return "not done"
    if task.error is not None:
        return f"raised {type(task.error).__name__}"
    return f"returned {task.result!r}"


def registered(selector, sock):
    """The events for which a socket, or its number, is registered, or None."""
    key = selector.get_map().get(sock)
    return key.events if key else None


@hints(
    "What does a call of a coroutine function run?",
    "Nothing at all. Keep the coroutine in the task; the first send(None) comes from run_once().",
)
def test_spawn_runs_nothing_yet(scheduler, streams):
    log, (sock,) = [], streams(1)[0]
    task = scheduler.spawn(hear(scheduler, sock, log))
    assert log == [], "your spawn() ran the coroutine: only run_once() does that"
    assert (task.done, task.result, task.error) == (False, None, None), (
        "the task had not run yet, and was done, or had a result or an error"
    )
    turn(scheduler)
    assert log == ["begun"], "your run_once() did not begin the new task, or more than once"
    assert outcome(task) == "not done", "nothing had come on its socket, and the task went on all the same"


@hints(
    "Two tasks are new, and no socket is registered. Is there anything to wait for?",
    "Not while a task can go on: ask the selector with a timeout of 0 then.",
    "The value of a coroutine that returns is in StopIteration: `except StopIteration as end`, end.value.",
)
def test_what_it_returns_is_its_result(scheduler):
    async def value(of):
        return of

    tasks = [scheduler.spawn(value(of)) for of in (42, b"", None)]
    turn(scheduler, None)
    got = [outcome(task) for task in tasks]
    assert got == ["returned 42", "returned b''", "returned None"], (
        "a task's result was not what its coroutine returned"
    )


@hints(
    "A coroutine awaits readable(sock). What must be told, so that the kernel is asked about that socket?",
    "Register it with the selector, for READ, with the task as data, and suspend: a bare `yield` in a generator.",
    "types.coroutine makes such a generator awaitable.",
)
def test_while_it_waits_its_socket_is_registered(silence, kata, selector, streams):
    scheduler = kata.Scheduler(sleepless(selector))
    log, (sock,) = [], streams(1)[0]
    task = scheduler.spawn(hear(scheduler, sock, log))
    for _ in range(3):
        turn(scheduler)
        assert registered(selector, sock) == READ, (
            "the task waited for its socket, and that was not registered for READ"
        )
    del selector.select
    for seconds in chain([0.01], silence.longer(31.0)):
        clock = silence.clock()
        scheduler.run_once(seconds)
        assert clock() >= seconds, "nothing was ready, and run_once() gave up before the time was over"
    assert (log, outcome(task)) == (["begun"], "not done"), "nothing had come, and the task was resumed"


@hints(
    "Who wakes the thread when the socket becomes readable?",
    "The kernel does, in selector.select(timeout). Then unregister the socket, and resume the task in its key.",
    "All in the same run_once(): whose socket is ready can go on.",
)
def test_an_event_resumes_it_in_the_same_run_once(kata, selector, streams, background):
    scheduler = kata.Scheduler(sleepless(selector))
    (sock,), (peer,) = streams(1)
    task = scheduler.spawn(hear(scheduler, sock))
    turn(scheduler)
    del selector.select
    running = background(scheduler.run_once, None)
    # Every task waits, and there is no limit.
    running.asleep()
    peer.send(b"hi")
    running.result()
    assert outcome(task) == "returned b'hi'", (
        "its socket became ready in this run_once(), and the task did not go on in the same"
    )
    assert registered(selector, sock) is None, "nobody waited for the socket any more, and it was still registered"


@hints(
    "The message is there already when the coroutine asks. Does it wait?",
    "It does, for one round: the others have their turn. Always register, always suspend.",
)
def test_readable_always_suspends(scheduler, streams):
    async def read_on(name, sock):
        for _ in range(4):
            await scheduler.readable(sock)
            log.append(name + sock.recv(1).decode())

    log, (socks, peers) = [], streams(2)
    for peer in peers:
        peer.send(b"0123")
    tasks = [scheduler.spawn(read_on(name, sock)) for name, sock in zip("ab", socks, strict=True)]
    turns(scheduler, *tasks)
    assert [outcome(task) for task in tasks] == ["returned None"] * 2, "a task did not read its four bytes, one by one"
    # Which of the two comes first in a round is open.
    rounds = [sorted(log[at : at + 2]) for at in range(0, 8, 2)]
    assert rounds == [[f"a{n}", f"b{n}"] for n in range(4)], "one task went on while the other one was kept waiting"


@hints(
    "A coroutine waits for the same socket again. What does register() say, if it is still registered?",
    "Unregister the socket when you resume its task.",
)
def test_it_may_wait_for_the_same_socket_again(scheduler, watched, streams):
    async def three():
        return [await hear(scheduler, sock) for _ in range(3)]

    (sock,), (peer,) = streams(1)
    task = scheduler.spawn(three())
    for message in (b"one", b"two", b"three"):
        turn(scheduler)
        assert outcome(task) == "not done", "the task did not wait for the next message on the same socket"
        peer.send(message)
    turn(scheduler)
    assert outcome(task) == "returned [b'one', b'two', b'three']", (
        "the task did not get three messages, one after the other"
    )
    assert registered(watched, sock) is None, "nobody waited for the socket any more, and it was still registered"


@hints(
    "Three sockets are ready at once. How many tasks can go on?",
    "Go through all that select() has returned. The end of a stream is readable too.",
)
def test_every_ready_task_goes_on(scheduler, streams):
    socks, peers = streams(4)
    tasks = [scheduler.spawn(hear(scheduler, sock)) for sock in socks]
    turn(scheduler)
    peers[0].send(b"first")
    peers[1].shutdown(socket.SHUT_WR)
    peers[3].send(b"last")
    # Two have a message, one is at its end, and one has nothing.
    turn(scheduler, None)
    wanted = ["returned b'first'", "returned b''", "not done", "returned b'last'"]
    assert [outcome(task) for task in tasks] == wanted, (
        "not all the tasks that were ready went on in one run_once(), or others did"
    )


@hints(
    "A coroutine raises. Whom does that concern?",
    "Its task alone. Catch what send() raises, keep it in the task, and go on with the next one.",
)
def test_an_error_ends_its_own_task_alone(scheduler, streams):
    async def fail(sock):
        await scheduler.readable(sock)
        raise error

    error = Mistake("in a coroutine")
    socks, peers = streams(3)
    tasks = [scheduler.spawn(fail(socks[0])), scheduler.spawn(hear(scheduler, socks[1]))]
    tasks += [scheduler.spawn(fail(socks[2]))]
    turn(scheduler)
    for peer in peers:
        peer.send(b"x")
    turns(scheduler, *tasks)
    wanted = ["raised Mistake", "returned b'x'", "raised Mistake"]
    assert [outcome(task) for task in tasks] == wanted, "an error did not end just its own task"
    assert tasks[0].error is error, "the task's error was not the exception that the coroutine raised"


@hints(
    "A closed socket has no number, and register() raises. In whose code is the mistake?",
    "In the coroutine's: the error has to come up at its `await`, where it can be caught.",
)
def test_a_socket_that_cannot_be_watched_is_an_error_at_the_await(scheduler, streams):
    async def hear_closed():
        try:
            return await hear(scheduler, socks[0])
        except (ValueError, OSError):
            return "it cannot be watched"

    socks, peers = streams(2)
    socks[0].close()
    peers[1].send(b"x")
    tasks = [scheduler.spawn(hear_closed()), scheduler.spawn(hear(scheduler, socks[1]))]
    turns(scheduler, *tasks)
    got = [outcome(task) for task in tasks]
    assert got == ["returned 'it cannot be watched'", "returned b'x'"], "the error did not go to the task that awaits"


@hints(
    "cancel() means that the coroutine ends in order. Who runs its `finally`?",
    "coro.throw(asyncio.CancelledError()) does, where it waits. And what is its socket registered for then?",
    "Unregister it too. CancelledError is not an Exception: catch it as well.",
)
def test_a_cancelled_task_cleans_up_and_ends(scheduler, watched, streams):
    async def server():
        with door:
            try:
                return await hear(scheduler, door)
            except Exception:
                log.append("swallowed")
            finally:
                log.append("finally")

    log, (door,) = [], streams(1)[0]
    number, task = door.fileno(), scheduler.spawn(server())
    turn(scheduler)
    scheduler.cancel(task)
    turns(scheduler, task)
    assert log == ["finally"], (
        "CancelledError was not raised where the task waited: `finally` should run, `except Exception` should not"
    )
    assert outcome(task) == "raised CancelledError", "the task was cancelled, and was not done with that error"
    assert registered(watched, number) is None, "the task was gone, and its socket was still registered"


@hints(
    "The task is new, and nothing of it has run. What is left to cancel?",
    "throw() into a coroutine that has not begun raises at once: no line of it runs.",
)
def test_cancelled_before_it_began_it_never_begins(scheduler, streams):
    log, (socks, peers) = [], streams(2)
    task, other = scheduler.spawn(hear(scheduler, socks[0], log)), scheduler.spawn(hear(scheduler, socks[1]))
    scheduler.cancel(task)
    peers[1].send(b"x")
    turns(scheduler, task, other)
    assert log == [], "the task was cancelled before its first step, and began all the same"
    assert outcome(task) == "raised CancelledError", "a task was cancelled, and was not done with that error"
    assert outcome(other) == "returned b'x'", "one task was cancelled, and another one did not go on"


@hints(
    "The task is done. What is there to cancel?",
    "Nothing: leave its result and its error as they are.",
)
def test_what_is_done_stays_as_it_is(scheduler, streams):
    async def fail():
        raise Mistake

    (sock,), (peer,) = streams(1)
    peer.send(b"x")
    tasks = [scheduler.spawn(hear(scheduler, sock)), scheduler.spawn(fail())]
    turns(scheduler, *tasks)
    for task in tasks:
        scheduler.cancel(task)
    turn(scheduler)
    got = [outcome(task) for task in tasks]
    assert got == ["returned b'x'", "raised Mistake"], "a task that was done was cancelled, and changed"


@hints(
    "A task was cancelled before its message came. Whose is the message?",
    "To the next task that waits for that socket: nothing of the old wait may be left.",
)
def test_the_next_reader_gets_what_a_cancelled_one_did_not(scheduler, streams):
    (sock,), (peer,) = streams(1)
    first = scheduler.spawn(hear(scheduler, sock))
    turn(scheduler)
    scheduler.cancel(first)
    turns(scheduler, first)
    second = scheduler.spawn(hear(scheduler, sock))
    turn(scheduler)
    peer.send(b"later")
    turn(scheduler, None)
    got = [outcome(task) for task in (first, second)]
    assert got == ["raised CancelledError", "returned b'later'"], (
        "the first was cancelled, and the second did not get the message"
    )


@hints(
    "A coroutine catches CancelledError, and waits again. Is its task done?",
    "Only a coroutine that returns or raises is. After throw() it may wait like after send().",
)
def test_a_cancelled_coroutine_may_wait_again(scheduler, watched, streams):
    async def stubborn():
        try:
            await hear(scheduler, socks[0])
        except BaseException as error:
            log.append(type(error).__name__)
        return await hear(scheduler, socks[1])

    log, (socks, peers) = [], streams(2)
    task = scheduler.spawn(stubborn())
    turn(scheduler)
    # Its message has come, and it is cancelled: it is told of one of them, not of both.
    peers[0].send(b"in vain")
    scheduler.cancel(task)
    turn(scheduler)
    assert outcome(task) == "not done", "the task caught CancelledError and waited again, but was done"
    assert registered(watched, socks[1]) == READ, "the task waited for another socket, and that was not registered"
    peers[1].send(b"goodbye")
    turns(scheduler, task)
    assert (log, outcome(task)) == (["CancelledError"], "returned b'goodbye'"), "it caught that, and did not go on"


@hints(
    "Two are ready at once, and the first one to run cancels the other. What does the other hear?",
    "That it is cancelled, and nothing else: a task that is done is not resumed for an event of the same batch.",
)
def test_one_may_cancel_another_that_is_ready_too(scheduler, streams):
    async def rival(me):
        await hear(scheduler, socks[me])
        log.append(me)
        scheduler.cancel(tasks[1 - me])

    log, (socks, peers) = [], streams(2)
    tasks = [scheduler.spawn(rival(0)), scheduler.spawn(rival(1))]
    turn(scheduler)
    for peer in peers:
        peer.send(b"now")
    turns(scheduler, *tasks)
    assert len(log) == 1, "the task that ran first cancelled the other one, which went on all the same"
    got = [outcome(tasks[me]) for me in (log[0], 1 - log[0])]
    assert got == ["returned None", "raised CancelledError"], (
        "the other one was cancelled before it went on, and its event resumed it all the same"
    )


@hints(
    "Ctrl-C hits whichever line is running. Is it about the task to which that line belongs?",
    "Its task has ended, so it is done; then raise on. Exception and CancelledError alone stay with their task.",
    "Take a task from your queue just before its step: what you have taken out in advance is lost now.",
)
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit], ids=["Ctrl-C", "exit"])
def test_an_interrupt_ends_its_task_and_propagates(scheduler, streams, kind):
    async def interrupted():
        if kind is SystemExit:
            await scheduler.readable(socks[1])
        raise kind

    socks, peers = streams(3)
    tasks = [scheduler.spawn(hear(scheduler, socks[0])), scheduler.spawn(interrupted())]
    tasks += [scheduler.spawn(hear(scheduler, socks[2]))]
    for peer in peers:
        peer.send(b"x")
    assert propagated(kind, scheduler), f"your run_once() swallowed {kind.__name__}, which is meant for the program"
    words = f"{kind.__name__} ended the coroutine, and your task was not done"
    assert outcome(tasks[1]) == f"raised {kind.__name__}", words
    turns(scheduler, *tasks)
    got = [outcome(tasks[0]), outcome(tasks[2])]
    assert got == ["returned b'x'"] * 2, "a task was interrupted, and your scheduler lost another one that could go on"
