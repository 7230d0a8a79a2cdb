"""6.5: tasks that receive from one socket are served in turn, and none of them is lost."""

import asyncio
import socket

import pytest

from dojo.suite import Finding, hints, loops, reset, unread, wait_reset, wait_unread, wait_until
from dojo.suite.loops import outcome, turns


class Loop(loops.Loop):
    """An event loop in a thread of its own, in which the suite's coroutines call the learner's."""

    def __init__(self, tape, coroutine):
        self._stuck = asyncio.Event()
        super().__init__(tape, lambda: coroutine(self))

    def look(self):
        """Say so when nothing will happen any more; see until()."""
        if not self.ended and self.for_ever():
            self.loop.call_soon_threadsafe(self._stuck.set)

    async def until(self, tasks, when):
        """Wait until one more task has ended, or all have, or none ever will; returns what came of each."""
        self._stuck.clear()
        stuck = asyncio.ensure_future(self._stuck.wait())
        pending = [task for task in tasks if not task.done()]
        while pending and not stuck.done():
            await asyncio.wait([*pending, stuck], return_when=asyncio.FIRST_COMPLETED)
            left = [task for task in pending if not task.done()]
            pending = [] if when == "one more" and left != pending else left
        stuck.cancel()
        return [outcome(task) for task in tasks]


@pytest.fixture
def run(tape):
    """`run(coroutine)` calls it with its Loop, in that loop, and returns what it returns."""
    return lambda coroutine: Loop(tape, coroutine).result("the tasks in the loop")


@pytest.fixture
def sock(unix_pair):
    """The learner's end, non-blocking as asyncio wants it."""
    unix_pair[0].setblocking(False)
    return unix_pair[0]


@pytest.fixture
def peer(unix_pair):
    """The suite's end."""
    return unix_pair[1]


async def waiting(receiver, number, n=100):
    """So many tasks that wait for the receiver, in the order in which they have called."""
    tasks = [asyncio.ensure_future(receiver.recv(n)) for _ in range(number)]
    await turns()
    return tasks


@hints(
    "With one task there is nothing to share. What does recv() do then?",
    "Wait for the socket and receive: at most n bytes, and no more than that is taken.",
)
def test_one_task_gets_what_comes(kata, run, sock, peer):
    async def one(loop):
        receiver = kata.SharedReceiver(sock)
        peer.send(b"twelve bytes")
        return await receiver.recv(6)

    received = run(one)
    assert received == b"twelve", "your code did not return what was there, n bytes at most"
    assert type(received) is bytes, "your code did not return bytes"
    assert unread(sock) == 6, "what is beyond n did not stay in the kernel: nobody had asked for it"


@hints(
    "Three tasks wait for one socket. How many of them does the selector know?",
    "One: the last that called sock_recv(). So only one task at a time may call it.",
    "asyncio.Lock() in __init__(), and `async with` around the waiting and the recv().",
)
def test_each_message_goes_to_the_one_that_has_waited_longest(kata, run, sock, peer):
    async def three(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3)
        seen = []
        for message in (b"one", b"two", b"end"):
            peer.send(message)
            seen.append(await loop.until(tasks, "one more"))
        return seen

    first, second, third = run(three)
    assert first == [b"one", "waits", "waits"], "the first message did not go to the task that called first"
    assert second == [b"one", b"two", "waits"], "the second message did not go to the task that called second"
    assert third == [b"one", b"two", b"end"], "one task was lost: nothing will ever wake it"


@hints(
    "What is left over when the first has its byte. Will anything announce it again?",
    "The next in the queue has to look at the socket itself when its turn comes.",
)
def test_what_the_first_leaves_is_for_the_second(kata, run, sock, peer):
    async def share(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3, n=1)
        peer.send(b"abc")
        return await loop.until(tasks, "all")

    assert run(share) == [b"a", b"b", b"c"], (
        "three bytes came at once, and each task did not get what it asked for, in turn"
    )


@hints(
    "Nothing has come yet, and two tasks wait. What does the thread do?",
    "It sleeps in the selector. A flag that is looked at again and again is a busy loop.",
    "A threading.Lock is worse: the task that holds it can never run again.",
)
def test_while_they_wait_the_thread_sleeps(kata, tape, sock):
    async def two(loop):
        await asyncio.gather(*await waiting(kata.SharedReceiver(sock), 2))

    loop = Loop(tape, two)

    def asleep():
        wait = loop.judge()
        if loop.ended:
            loop.result()
            raise Finding("your tasks did not wait", "they should wait for the peer", "they returned")
        if wait is not None and wait.args not in ("None", "0"):
            words = "your code set a timer: it looked again and again whether a task has its turn"
            raise Finding(
                words, "the loop should sleep until the socket is readable", f"it slept {wait.args[:6]} s at most"
            )
        return loop.for_ever()

    wait_until(asleep, "the loop to fall asleep in its selector")


@pytest.mark.parametrize("who", [0, 1, 2], ids=["the first", "the second", "the third"])
@hints(
    "One of the three is cancelled while it waits. Where was it, and what still holds it for waiting?",
    "Leave the queue on the way out, and hand your turn on if it was yours: finally, or `async with`.",
    "Whose turn has not come has no turn to hand on.",
)
def test_the_others_do_not_notice_a_cancellation(kata, run, sock, peer, who):
    async def three(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3)
        tasks[who].cancel()
        await turns()
        for message in (b"one", b"two"):
            peer.send(message)
            await loop.until(tasks, "one more")
        return [outcome(task) for task in tasks]

    wanted = [b"one", b"two"]
    wanted.insert(who, "cancelled")
    assert run(three) == wanted, "one task was cancelled, and the messages did not go to the other two, in their order"


@pytest.mark.parametrize("after", range(6))
@hints(
    "The first has its message, and the turn goes to the second, which is cancelled just now. Which task is next?",
    "A turn that was handed to a task that is gone has to be handed on.",
)
def test_a_turn_given_to_a_cancelled_task_is_not_lost(kata, run, sock, peer, after):
    async def three(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3)
        peer.send(b"one")
        # So many turns of the loop later, the first may have it already, and the second may be on its way.
        await turns(after)
        tasks[1].cancel()
        await turns()
        peer.send(b"two")
        return await loop.until(tasks, "all")

    assert run(three) == [b"one", "cancelled", b"two"], (
        "the second was cancelled as its turn came, and the third did not get it"
    )


@pytest.mark.parametrize("after", range(6))
@hints(
    "The first is cancelled just when its message arrives. What do the others need to go on?",
    "Their turn, in every case. A finally is run for CancelledError too.",
)
def test_a_cancellation_as_the_bytes_arrive_does_not_stop_the_rest(kata, run, sock, peer, after):
    async def three(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3, n=1)
        peer.send(b"1")
        await turns(after)
        tasks[0].cancel()
        await turns()
        # The byte may be lost with the first, or go to the second. There are enough for all.
        peer.send(b"23")
        return await loop.until(tasks, "all")

    first, *rest = run(three)
    assert first in ("cancelled", b"1"), "the first was neither cancelled nor had its byte before"
    assert rest in ([b"1", b"2"], [b"2", b"3"]), "the others did not go on, in their order"


@pytest.mark.parametrize("after", range(6))
@hints(
    "Somebody new calls recv() while others wait, and just now there are bytes. Whose are they?",
    "Do not try recv() before it is your turn: the tasks that wait came first.",
)
def test_a_newcomer_does_not_overtake(kata, run, sock, peer, after):
    async def three(loop):
        receiver = kata.SharedReceiver(sock)
        tasks = await waiting(receiver, 2, n=1)
        peer.send(b"abc")
        await turns(after)
        tasks.append(asyncio.ensure_future(receiver.recv(1)))
        return await loop.until(tasks, "all")

    assert run(three) == [b"a", b"b", b"c"], "a newcomer took the bytes of a task that had waited longer"


@hints(
    "No task waits any more. What becomes of the bytes that come now?",
    "Nobody: no task of your own that reads on, and no reader that stays in the selector.",
)
def test_while_nobody_waits_the_bytes_stay_in_the_kernel(kata, run, sock, peer):
    async def nobody(loop):
        receiver = kata.SharedReceiver(sock)
        for task in await waiting(receiver, 2):
            task.cancel()
        await turns()
        registered = sock.fileno() in asyncio.get_running_loop()._selector.get_map()
        peer.send(b"later")
        await turns()
        left = unread(sock)
        return registered, left, await loop.until(await waiting(receiver, 1), "all")

    registered, left, received = run(nobody)
    assert left == 5, "nobody had asked for these 5 bytes, and your code took them from the kernel"
    assert not registered, "nobody waited, and the loop still watched the socket"
    assert received == [b"later"], "the next task that asked did not get them"


@hints(
    "The stream has ended. Which tasks must be told?",
    'All that wait: each recv() of the socket returns b"" from now on.',
)
def test_at_the_end_everybody_gets_empty_bytes(kata, run, sock, peer):
    async def three(loop):
        receiver = kata.SharedReceiver(sock)
        tasks = await waiting(receiver, 3)
        peer.shutdown(socket.SHUT_WR)
        return await loop.until(tasks, "all"), await loop.until(await waiting(receiver, 1), "all")

    ended, late = run(three)
    assert ended == [b"", b"", b""], "the stream ended, and not every task that waited got b''"
    assert late == [b""], "a task called after the end, and did not get b''"


@hints(
    "recv() raises in the task whose turn it is. What becomes of the next one?",
    "An error ends one turn, not the queue: `async with`, or finally.",
)
def test_an_error_ends_one_turn_not_the_queue(kata, run, pair):
    sock, peer = pair
    sock.setblocking(False)

    async def three(loop):
        tasks = await waiting(kata.SharedReceiver(sock), 3)
        reset(peer)
        wait_reset(sock)
        return await loop.until(tasks, "all")

    first, *rest = run(three)
    assert first == "ConnectionResetError", "the reset did not propagate to the task whose turn it was"
    assert "waits" not in rest, "after the error of the first the others waited for ever"


@hints(
    "Two sockets, two receivers. What do they share?",
    "Nothing: what is set in the class body, or in the module, is everybody's. Set it in __init__().",
)
def test_two_receivers_do_not_wait_for_each_other(kata, run, sock, peer, pair):
    other, friend = pair
    other.setblocking(False)

    async def two(loop):
        slow = await waiting(kata.SharedReceiver(sock), 1)
        quick = await waiting(kata.SharedReceiver(other), 1)
        friend.send(b"hello")
        wait_unread(other, 5)
        seen = await loop.until(quick, "one more")
        peer.send(b"at last")
        return seen + await loop.until(slow, "one more")

    assert run(two) == [b"hello", b"at last"], "a task waited for the turn of another socket"
