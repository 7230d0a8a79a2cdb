"""6.4: a read with a time limit gives way to a cancellation, and leaves nothing behind that would read on."""

import asyncio
import socket
import threading

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    Rest,
    asleep_in,
    break_off,
    hints,
    linux_only,
    loops,
    on_stub,
    raises_errno,
    reset,
    unread,
    wait_reset,
    wait_until,
)
from dojo.suite.loops import turns

LONG = 600  # seconds, of virtual time as the others
SHORT = 5
ENOUGH = 60  # for what has to end at once


class Loop(loops.Loop):
    """An event loop in a thread of its own, whose only place to sleep is its selector."""

    def waits(self):
        """Let it run until it sleeps in its selector; it may not have returned, and only the limit may wake it."""

        def asleep():
            if self.ended:
                raise Finding("your code did not wait", "it should wait for the peer", f"it returned {self.result()!r}")
            self.judge()
            turns = self.turns()
            if not turns or not asleep_in(turns[-1]):
                return False
            if turns[-1].args != "None" and float(turns[-1].args) < 1:
                words = "your code looked again and again whether something had come: wait for the socket"
                raise Finding(words, f"the loop sleeps, {LONG} s at most", f"{float(turns[-1].args):.3f} s at most")
            return True

        wait_until(asleep, "the loop to fall asleep in its selector")


@pytest.fixture
def loop(tape):
    """`loop(coroutine)` runs it in an event loop in another thread."""
    return lambda coroutine: Loop(tape, lambda: coroutine)


@pytest.fixture
def sock(unix_pair):
    """The learner's end, non-blocking as asyncio wants it."""
    unix_pair[0].setblocking(False)
    return unix_pair[0]


@pytest.fixture
def peer(unix_pair):
    """The suite's end."""
    return unix_pair[1]


def past(virtual_time, story):
    """What comes of a story in a loop; if it falls asleep, when a while has passed."""
    rest = Rest(5)

    def over_or_asleep():
        story.judge()
        return story.ended is not None or rest()

    wait_until(over_or_asleep, "the story to end, or to wait")
    if story.ended is None:
        virtual_time.advance(2 * ENOUGH)
    return story.result()


async def ending(task):
    """How a task ends, in words."""
    await asyncio.wait([task], timeout=ENOUGH)
    if not task.done():
        return "still running"
    return "cancelled" if task.cancelled() else f"returned {task.result()!r}"


async def give_up(kata, sock, way):
    """Let a call end without a byte: by its own limit, or because its task is cancelled."""
    if way == "timeout":
        assert await kata.recv_or_none(sock, 100, SHORT) is None, (
            "nothing came within the time, and your code did not return None"
        )
    else:
        task = asyncio.ensure_future(kata.recv_or_none(sock, 100, LONG))
        await turns()
        task.cancel()
        await asyncio.wait([task], timeout=ENOUGH)
    await turns()


either_way = pytest.mark.parametrize("way", ["timeout", "cancellation"])


@hints(
    "The bytes are there. What is there to wait for?",
    "Return what recv() returns: at most n bytes.",
)
@on_stub(GREEN)
def test_what_is_there_is_returned(kata, loop, sock, peer):
    peer.send(b"twelve bytes")
    received = loop(kata.recv_or_none(sock, 6, LONG)).result()
    assert received == b"twelve", "your code did not return what was there, n bytes at most"
    assert type(received) is bytes, "your code did not return bytes"
    assert unread(sock) == 6, "what is beyond n did not stay in the kernel for the next call"


@hints(
    "Which call waits for the socket?",
    "The loop, in its selector: await loop.sock_recv(), or an add_reader() of your own. Never a recv() that sleeps.",
)
@on_stub(GREEN)
def test_what_comes_in_time_is_returned(kata, loop, sock, peer):
    receiving = loop(kata.recv_or_none(sock, 100, LONG))
    receiving.waits()
    # Any other task could run now. There are ten minutes left, and a word will do.
    peer.send(b"in time")
    assert receiving.result() == b"in time", (
        "bytes came before the time was over, and your code did not return them at once"
    )


@hints(
    "The time is over, and nothing has come. Who notices?",
    "asyncio.wait_for(..., timeout) raises asyncio.TimeoutError: that one means None.",
)
@on_stub(GREEN)
def test_silence_is_none_when_the_time_is_over(virtual_time, kata, loop, sock):
    receiving = loop(kata.recv_or_none(sock, 100, LONG))
    receiving.waits()
    virtual_time.advance(LONG * 0.8)
    assert receiving.ended is None, "your code gave up before the time was over"
    virtual_time.advance(LONG * 0.4)
    assert receiving.ended is not None, "the time was over, and your code waited on"
    assert receiving.result() is None, "nothing came within the time, and your code did not return None"


@hints(
    "The call has ended with nothing. Does anybody still read from the socket?",
    "asyncio.shield() keeps a read alive that nobody waits for any more. If you end, end the read as well.",
    "asyncio.wait() leaves the task that it waited for running: cancel it, also when you are cancelled yourself.",
)
@on_stub("your read went on without its caller: it took the 5 bytes that came later, and nobody has them")
@either_way
def test_what_comes_afterwards_is_the_next_readers(virtual_time, kata, loop, sock, peer, tape, way):
    async def next_reader():
        await give_up(kata, sock, way)
        if any(call.ended is None for call in tape.waits() if call.thread != threading.get_native_id()):
            words = "your code left a thread behind, which will take what comes for the next reader"
            raise Finding(words, "nobody should wait for the socket any more", "a thread does")
        peer.send(b"later")
        await turns()
        left = unread(sock)
        return left, await kata.recv_or_none(sock, 100, LONG) if left else None

    left, received = past(virtual_time, loop(next_reader()))
    assert left == 5, "your read went on without its caller: it took the 5 bytes that came later, and nobody has them"
    assert received == b"later", "the first call gave up, and the next did not get what came then"


@hints(
    "What told the selector to watch the socket, and what tells it to stop?",
    "loop.remove_reader(sock) in a finally; or cancel the sock_recv(), which does it for you.",
)
@on_stub("the call had ended, and the loop still watched the socket")
@either_way
def test_afterwards_nobody_watches_the_socket(virtual_time, kata, loop, sock, way):
    async def watched():
        await give_up(kata, sock, way)
        registered = sock.fileno() in asyncio.get_running_loop()._selector.get_map()
        return "still registered" if registered else "not registered"

    found = past(virtual_time, loop(watched()))
    assert found == "not registered", "the call had ended, and the loop still watched the socket"


@hints(
    "Somebody has cancelled the task. Is that the same as silence?",
    "Your except clause takes CancelledError for a timeout. It is a BaseException: let it pass.",
    "except asyncio.TimeoutError: return None, and nothing wider.",
)
@on_stub("your code swallowed the cancellation: the task should end, and it went on")
def test_a_cancellation_passes_through(virtual_time, kata, loop, sock):
    async def cancel():
        task = asyncio.ensure_future(kata.recv_or_none(sock, 100, LONG))
        await turns()
        task.cancel()
        return await ending(task)

    assert past(virtual_time, loop(cancel())) == "cancelled", (
        "your code swallowed the cancellation: the task should end, and it went on"
    )


async def cancelled_as_it_comes(kata, sock, peer, later):
    """Send, and cancel the task so many turns later; how it ends, and how that ought to be."""
    task = asyncio.ensure_future(kata.recv_or_none(sock, 100, LONG))
    await turns()
    peer.send(b"data")
    for _ in range(later):
        await asyncio.sleep(0)
    return ("cancelled" if task.cancel() else "returned b'data'"), await ending(task)


@hints(
    "The caller has a limit of its own, and it is over first. How does wait_for() tell you?",
    "It cancels you. If you return None then, the caller takes it for your answer.",
)
@on_stub("took the caller's time limit for its own")
def test_the_callers_own_limit_is_no_silence(virtual_time, kata, loop, sock):
    async def limited():
        try:
            result = await asyncio.wait_for(kata.recv_or_none(sock, 100, LONG), SHORT)
        except asyncio.TimeoutError:
            return "TimeoutError"
        return f"returned {result!r}"

    assert past(virtual_time, loop(limited())) == "TimeoutError", (
        "your code took the caller's time limit for its own: ten minutes were left, and it said that nothing had come"
    )


@hints(
    "b'' is false, and so is None. Are they the same here?",
    "b'' is what recv() returns at the end: return it as it is.",
)
@on_stub("the stream ended, and your code took that for silence")
def test_the_end_is_no_silence(kata, loop, sock, peer):
    receiving = loop(kata.recv_or_none(sock, 100, LONG))
    receiving.waits()
    peer.shutdown(socket.SHUT_WR)
    assert receiving.result() == b"", "the stream ended, and your code took that for silence"


@hints(
    "The connection is broken. Does the caller find out, if it gets None?",
    "Catch the timeout alone. OSError and all others propagate.",
)
@on_stub("a reset came, and your code took it for silence: the caller will wait for ever")
def test_a_reset_is_no_silence(kata, loop, pair):
    sock, peer = pair
    sock.setblocking(False)
    reset(peer)
    wait_reset(sock)
    with raises_errno(
        "ECONNRESET", words="a reset came, and your code took it for silence: the caller will wait for ever"
    ):
        loop(kata.recv_or_none(sock, 100, LONG)).result()


@hints(
    "Which exception says that your own time is over, and which that the connection is broken?",
    "From Python 3.11 on asyncio.TimeoutError is TimeoutError, and ETIMEDOUT is raised as that class, too.",
    "Keep recv() out of the try that catches it, or wait with asyncio.wait(), which does not raise.",
)
@on_stub("took the error of a dead connection for silence")
@linux_only("sockets that are found by their inode")
def test_a_connection_that_tcp_gives_up_is_no_silence(kata, loop, pair):
    sock, peer = pair
    sock.setblocking(False)
    receiving = loop(kata.recv_or_none(sock, 100, LONG))
    receiving.waits()
    break_off(peer, "ETIMEDOUT")
    with raises_errno("ETIMEDOUT", words="your code took the error of a dead connection for silence"):
        receiving.result()


@hints(
    "Two calls wait at the same time, on two sockets. What do they share?",
    "Nothing: keep the task, the future, the timer in local variables.",
)
@on_stub(GREEN)
def test_two_calls_at_once_do_not_mind_each_other(virtual_time, kata, loop, sock, peer, pair):
    other, _ = pair
    other.setblocking(False)

    async def both():
        patient = asyncio.ensure_future(kata.recv_or_none(sock, 100, LONG))
        silence = await kata.recv_or_none(other, 100, SHORT)
        # The first one has given up; the second goes on.
        peer.send(b"in time")
        return silence, await patient

    heard = past(virtual_time, loop(both()))
    assert heard == (None, b"in time"), "one call gave up, and the other was not served"


@hints(
    "The bytes are there, and the task has not run since. Now it is cancelled. What does it have to end with?",
    "With the cancellation: cancel() has returned True. Do not catch CancelledError because of the bytes.",
    "asyncio.wait_for() loses such a cancellation before Python 3.12. asyncio.wait() and a plain future do not.",
)
@on_stub("cancel() returned True, and your code returned")
def test_a_cancellation_is_not_lost_when_the_bytes_come(virtual_time, kata, loop, sock, peer):
    for later in range(6):
        wanted, got = past(virtual_time, loop(cancelled_as_it_comes(kata, sock, peer, later)))
        if wanted == "cancelled" != got:
            words = "the task was cancelled as its bytes came: cancel() returned True, and your code returned a value"
            raise Finding(words, "it should end with CancelledError", f"it {got}")
        assert got == wanted, "the bytes were there before the task was cancelled, and your code did not return them"
        if unread(sock):
            sock.recv(100)
