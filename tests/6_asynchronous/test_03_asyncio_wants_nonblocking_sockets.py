"""6.3: a coroutine receives from a socket in any mode, and the loop's thread waits in its selector alone."""

import asyncio
import contextlib
import os
import socket

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    Rest,
    asleep_in,
    hints,
    loops,
    on_stub,
    raises_errno,
    reset,
    unread,
    wait_reset,
    wait_until,
)

any_mode = pytest.mark.parametrize("timeout", [None, 0.001, 0.0], ids=["blocking", "with a timeout", "non-blocking"])
blocking_mode = pytest.mark.parametrize("timeout", [None, 0.001], ids=["blocking", "with a timeout"])


class Loop:
    """An event loop in a thread of its own: it runs a coroutine, and the test looks at how it waits."""

    def __init__(self, background, tape, coroutine, debug):
        def recv_some():
            return asyncio.run(coroutine, debug=debug)

        self._tape = tape
        self._running = background(recv_some, may_raise=True)

    def _judge(self):
        """The rules of the loop's thread: no call but the selector waits, and the selector waits for sockets."""
        loops.only_its_selector_waits(self._tape, self._running)
        turns = self._tape.calls("selector.select")
        if len(turns) > 1000 or (turns and turns[-1].args not in ("None", "0") and float(turns[-1].args) < 1):
            raise Finding(
                "your code looked again and again whether something had come: wait for the socket",
                "the loop should sleep until the socket is readable",
                "a busy loop" if len(turns) > 1000 else f"a timer is set, of {float(turns[-1].args):.3f} s or less",
            )
        return turns

    def waits(self):
        """Let it run until it sleeps in its selector; it may not have returned."""

        def asleep():
            if self._running.done:
                raise self._did_not_wait(f"it returned {self.result()!r}")
            turns = self._judge()
            return bool(turns) and asleep_in(turns[-1])

        # An executor's thread that has not got to a processor yet does not rest.
        rests = Rest()
        wait_until(lambda: asleep() and rests(), "the loop to fall asleep in its selector")

    def _did_not_wait(self, end):
        words = "nothing had come yet, and your code took that for an error: it is what the coroutine waits for"
        return Finding(words, "it should wait, for as long as it takes", end)

    def result(self):
        """Let it run to its end, and return what it returned, or raise what it raised."""

        def ended():
            self._judge()
            return self._running.done

        wait_until(ended, "recv_some() to return")
        try:
            return self._running.result()
        except (BlockingIOError, TimeoutError) as error:
            raise self._did_not_wait(f"{type(error).__name__}: {error}") from error


@pytest.fixture
def loop(background, tape):
    """`loop(coroutine, debug=False)` runs it in an event loop in another thread."""
    return lambda coroutine, debug=False: Loop(background, tape, coroutine, debug)


@hints(
    "With data at hand any mode will do. What does the stub return here?",
    "await loop.sock_recv(sock, n) returns bytes, at most n of them.",
)
@on_stub(GREEN)
@any_mode
def test_what_is_there_is_returned(kata, loop, unix_pair, timeout):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    peer.send(b"at hand")
    received = loop(kata.recv_some(sock, 100)).result()
    assert received == b"at hand", "your code did not return the bytes that were there"
    assert type(received) is bytes, "your code did not return bytes"


@hints(
    "recv() on a blocking socket, or on one with a timeout, and no data. Which thread sleeps now?",
    "A timeout only limits how long the loop sleeps. The call has to fail at once, so that asyncio can wait.",
    "sock.setblocking(False), whatever gettimeout() says, and then await loop.sock_recv(sock, n).",
)
@on_stub("the thread of the loop falls asleep outside of its selector")
@blocking_mode
def test_the_loop_sleeps_in_its_selector_not_in_recv(kata, loop, unix_pair, timeout):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    receiving = loop(kata.recv_some(sock, 100))
    receiving.waits()
    # Nobody has sent anything yet, and the loop could run any other task.
    peer.send(b"late")
    assert receiving.result() == b"late", "your code did not return what came in the end"


@hints(
    "This socket is in the mode that asyncio wants. What is there to do?",
    "Nothing: await loop.sock_recv(sock, n).",
)
@on_stub(GREEN)
def test_a_nonblocking_socket_is_waited_for(kata, loop, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    receiving = loop(kata.recv_some(sock, 100))
    receiving.waits()
    peer.send(b"late")
    assert receiving.result() == b"late", "your code did not return what came in the end"


async def answer(kata, sock, name):
    """Wait for a message, and send it back with a name."""
    data = await kata.recv_some(sock, 100)
    sock.send(name + data)


async def converse(kata, sock, peer):
    """One task waits for the other, which waits for the answer: only together can they end."""
    answering = asyncio.ensure_future(answer(kata, sock, b"you said "))
    await asyncio.sleep(0)  # the other task runs until it waits
    peer.send(b"hello")
    received = await kata.recv_some(peer, 100)
    await answering
    return received


@hints(
    "Two tasks of one loop talk to each other. What if the first one keeps the thread while it waits?",
    "await hands the thread back to the loop. A blocking recv() inside of it does not.",
)
@on_stub("the thread of the loop falls asleep outside of its selector")
@blocking_mode
def test_two_tasks_of_one_loop_talk_to_each_other(kata, loop, unix_pair, timeout):
    for sock in unix_pair:
        sock.settimeout(timeout)
    talking = loop(converse(kata, *unix_pair))
    assert talking.result() == b"you said hello", "the task that waited first did not get the other's answer"


async def recv_in_turn(kata, sock, times):
    """So many calls, one after the other."""
    return [await kata.recv_some(sock, 4) for _ in range(times)]


@hints(
    "The first call went well. Is the socket in the mode that the second one needs?",
    "Make sure of the mode in each call, for each socket.",
)
@on_stub("the thread of the loop falls asleep outside of its selector")
@blocking_mode
def test_the_second_call_waits_like_the_first(kata, loop, unix_pair, timeout):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    receiving = loop(recv_in_turn(kata, sock, 3))
    for message in (b"one", b"two", b"end"):
        receiving.waits()
        peer.send(message)
        wait_until(lambda: unread(sock) == 0, "the message to be received")
    assert receiving.result() == [b"one", b"two", b"end"], "a call did not return what came while it waited"


@hints(
    "n is a limit. Where is what does not fit?",
    "In the kernel, for the next call: recv n bytes, not more.",
)
@on_stub(GREEN)
def test_at_most_n_bytes_are_taken(kata, loop, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    peer.send(b"twelve bytes")
    assert loop(kata.recv_some(sock, 6)).result() == b"twelve", (
        "your code returned more than n bytes, or not the first ones"
    )
    assert unread(sock) == 6, "what is beyond n did not stay in the kernel for the next call"


@contextlib.contextmanager
def no_objection():
    """A ValueError in debug mode is asyncio's objection to the socket's mode."""
    try:
        yield
    except ValueError as error:
        words = "debug mode found what goes wrong without it, too: your code gave asyncio a blocking socket"
        raise Finding(words, "nothing should be raised", f"ValueError: {error}") from error


async def recv_in_debug_mode(kata, sock):
    """What it returns, and whether the loop is in debug mode afterwards."""
    data = await kata.recv_some(sock, 100)
    return data, asyncio.get_running_loop().get_debug()


async def robbed(kata, sock, peer, thief):
    """Another task takes the bytes in the turn of the loop in which the socket is reported; then more come."""
    loop, bell, found = asyncio.get_running_loop(), socket.socketpair(), asyncio.Event()

    def rob():
        loop.remove_reader(bell[0])
        with contextlib.suppress(BlockingIOError):  # a thread was faster
            thief.recv(100, socket.MSG_DONTWAIT)
        found.set()

    with bell[0], bell[1]:
        receiving = asyncio.ensure_future(kata.recv_some(sock, 100))
        for _ in range(10):
            await asyncio.sleep(0)  # until it waits
        loop.add_reader(bell[0], rob)
        # What is ready first is reported first, and both in the same turn.
        bell[1].send(b"!")
        peer.send(b"early")
        await found.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    if not receiving.done():
        peer.send(b"late")
    return await receiving


@hints(
    'In debug mode asyncio says: "the socket must be non-blocking". Is it wrong?',
    "It is right. Debug mode belongs to the caller, and hiding the message does not make the socket non-blocking.",
    "Leave the loop alone, and set the mode of the socket.",
)
@on_stub("your code switched debug mode off")
@any_mode
def test_debug_mode_has_nothing_to_object_to(kata, loop, unix_pair, timeout):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    peer.send(b"at hand")
    with no_objection():
        data, debug = loop(recv_in_debug_mode(kata, sock), debug=True).result()
    assert debug is True, "your code switched debug mode off, which belongs to the caller"
    assert data == b"at hand", "your code returned something else in debug mode"


async def watched_afterwards(kata, sock):
    """Whether the loop's selector still has the socket when recv_some() has returned, in words."""
    await kata.recv_some(sock, 100)
    registered = sock.fileno() in asyncio.get_running_loop()._selector.get_map()
    return "still registered" if registered else "not registered"


@hints(
    "The loop was told to watch the socket. What tells it to stop?",
    "add_reader() goes on for ever: remove_reader() when the wait is over, on every way out.",
)
@on_stub(GREEN)
def test_afterwards_nobody_watches_the_socket(kata, loop, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    receiving = loop(watched_afterwards(kata, sock))
    receiving.waits()
    peer.send(b"late")
    assert receiving.result() == "not registered", (
        "the loop still watched the socket: with more data it never sleeps again"
    )


@hints(
    "The peer has finished. What does recv() return then?",
    'b"" is an answer: return it.',
)
@on_stub(GREEN)
def test_the_end_is_empty_bytes(kata, loop, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    receiving = loop(kata.recv_some(sock, 100))
    receiving.waits()
    peer.shutdown(socket.SHUT_WR)
    assert receiving.result() == b"", "the peer had ended its side, and your code did not return b''"


@hints(
    "Is a connection that was reset the same as one that has ended?",
    "Only the caller can know what a broken connection means: do not catch OSError.",
)
@on_stub("a reset came, and your code took it for the end of the stream")
@any_mode
def test_a_reset_propagates(kata, loop, pair, timeout):
    sock, peer = pair
    sock.settimeout(timeout)
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="a reset came, and your code took it for the end of the stream"):
        loop(kata.recv_some(sock, 100)).result()


@hints(
    "There is nothing to wait for on a closed socket. What does any call on it say?",
    "Let the error propagate.",
)
@on_stub("the socket was closed, and your code took that for the end of the stream")
def test_a_closed_socket_is_an_error(kata, loop, unix_pair):
    sock, _ = unix_pair
    sock.setblocking(False)
    sock.close()
    with raises_errno(
        "EBADF", "ValueError", words="the socket was closed, and your code took that for the end of the stream"
    ):
        loop(kata.recv_some(sock, 100)).result()


@hints(
    "The loop reported the socket, and then somebody else read from it. Would your recv() wait now?",
    "Readiness is a hint. Take EAGAIN for 'not yet', and go back to the selector: sock_recv() does both.",
)
@on_stub("the thread of the loop falls asleep outside of its selector")
@blocking_mode
def test_it_waits_on_when_somebody_else_takes_the_bytes(kata, loop, unix_pair, keep, timeout):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    # A copy that shares the queue with the socket, and not Python's timeout.
    thief = keep(socket.socket(fileno=os.dup(sock.fileno())))
    received = loop(robbed(kata, sock, peer, thief)).result()
    assert received in (b"late", b"early"), (
        "somebody else took the bytes that came, and your code did not return what came next"
    )
