"""6.8: what another thread puts in wakes the loop that sleeps in its selector, and comes out in order."""

import asyncio
import gc
import threading
import warnings
from functools import partial

import pytest

from dojo.suite import Finding, hints, loops, wait_until
from dojo.suite.loops import turns

MANY = 400  # more than the buffer of a socketpair takes of single bytes (unix(7)): what it refuses must not matter


class Loop(loops.Loop):
    """An event loop in a thread of its own, with a Mailbox; the test itself is the other thread."""

    def __init__(self, kata, tape, coroutine, debug):
        async def story():
            self.mailbox = kata.Mailbox()
            return await coroutine(self.mailbox)

        self.mailbox = None
        super().__init__(tape, story, debug)

    def judge(self):
        """The rules of the loop's thread; returns the wait in its selector that is under way, or None."""
        wait, turns = super().judge(), self.turns()
        if turns and turns[-1].args not in ("None", "0"):
            words = "your get() set a timer: it looked again and again whether something was there"
            raise Finding(words, "the loop should sleep until it is woken", f"it slept {turns[-1].args[:6]} s at most")
        return wait

    def asleep(self):
        """Let it run until it sleeps in its selector."""

        def asleep():
            if self.ended:
                raise Finding(
                    "your get() did not wait", "it should wait for an item", f"the result was {self.result()!r}"
                )
            return self.for_ever() or (self.judge() is not None and threading.active_count() > 2)

        wait_until(asleep, "the loop to fall asleep in its selector")

    def post(self, item):
        """Post from this thread, and look whether that wakes the loop."""
        wait = self.judge()
        self.mailbox.post(item)
        # It may have been woken, and sleep again by now, for the next item: then that wait has ended.
        if wait is not None and self.for_ever() and wait.ended is None:
            self._sleeps_on("post() put an item in, and the loop slept on: nothing woke it")

    def _sleeps_on(self, words):
        raise Finding(words, "the task that waits in get() should get its item", "the loop slept in its selector")

    def made(self):
        """Let it run until there is a Mailbox, and return it."""
        wait_until(lambda: self.ended or self.mailbox is not None, "the Mailbox to be made")
        return self.result() if self.mailbox is None else self.mailbox

    def look(self):
        """The loop may not sleep for ever."""
        if not self.ended and self.for_ever() and not self.ended:
            self._sleeps_on(
                "everything was posted, and a task waited in get() for ever: an item was lost, or its wake-up"
            )

    def result(self, what="get() to return"):
        return super().result(what)


@pytest.fixture
def start(kata, tape):
    """`start(coroutine)` calls it with a new Mailbox, in the loop of another thread, and returns that Loop."""
    return lambda coroutine, debug=False: Loop(kata, tape, coroutine, debug)


async def waiting(mailbox, number):
    """So many tasks that wait for an item, in the order in which they have called."""
    tasks = [asyncio.ensure_future(mailbox.get()) for _ in range(number)]
    await turns()
    return tasks


def outcome(task):
    """What came of a task: its result, "cancelled" or "waits"."""
    if not task.done():
        return "waits"
    return "cancelled" if task.cancelled() else task.result()


async def take(mailbox, number):
    """The next items, one after the other; "waits" from where none comes any more."""
    taken = []
    for _ in range(number):
        [task] = await waiting(mailbox, 1)
        taken.append(outcome(task))
        task.cancel()
    return taken


@hints(
    "With one thread there is only a queue. What may be in it?",
    "Anything, in the order in which it came: do not ask whether an item is true.",
)
def test_the_loops_own_thread_may_post(start):
    async def talk_to_itself(mailbox):
        for item in ("one", None, 0):
            mailbox.post(item)
        return await take(mailbox, 3)

    assert start(talk_to_itself).result() == ["one", None, 0], "what was put in did not come out as it was, in order"


@hints(
    "The loop sleeps in its selector. What can wake it?",
    "Only a descriptor, or its own timers. call_soon(), Queue.put_nowait(), Event.set() and set_result() touch none.",
    "loop.call_soon_threadsafe(callback): it adds the callback and writes a byte to wake the loop.",
)
def test_a_post_wakes_the_sleeping_loop(start):
    async def one(mailbox):
        return await mailbox.get()

    loop = start(one)
    loop.asleep()
    # The loop has nothing to do, and no timer: it would sleep for ever.
    loop.post("wake up")
    assert loop.result() == "wake up", "get() did not return the item that was posted"


@hints(
    "In debug mode asyncio looks which thread calls. What does it say, and is it wrong?",
    "What it says is true without it, too: use call_soon_threadsafe(), and touch nothing else of the loop.",
)
def test_debug_mode_has_nothing_to_object_to(start):
    async def one(mailbox):
        return await mailbox.get()

    loop = start(one, debug=True)
    loop.asleep()
    without_an_error(loop.mailbox, "debug mode has found what is wrong without it, too", "wake up")
    assert loop.result() == "wake up", "get() did not return the item that was posted"


def without_an_error(mailbox, words, item):
    """Post, and make a finding of a RuntimeError."""
    try:
        mailbox.post(item)
    except RuntimeError as error:
        raise Finding(words, "post() should never raise", f"RuntimeError: {error}") from error


@hints(
    "It went well once. Does the loop sleep again, and wake again?",
    "Each post() wakes, however many there were before.",
)
def test_it_wakes_again_and_again(start):
    async def three(mailbox):
        return [await mailbox.get() for _ in range(3)]

    loop = start(three)
    for item in ("one", "two", "three"):
        loop.asleep()
        loop.post(item)
    assert loop.result() == ["one", "two", "three"], "a post did not wake the loop, or get() did not return the item"


@hints(
    "One task waits for an item. What can the others do meanwhile?",
    "Everything, if get() awaits. A queue.Queue or a threading.Event inside of get() stops the thread of the loop.",
)
def test_while_a_task_waits_the_others_run(start):
    async def others(mailbox):
        [task] = await waiting(mailbox, 1)
        # This one is not stopped. It posts itself what the other waits for.
        mailbox.post("from the neighbour")
        return await task

    assert start(others).result() == "from the neighbour", "a task of the same loop could not run and post"


@hints(
    "Hundreds of items, and the loop has no time. Where are they?",
    "In a queue without a limit. Nothing that post() does may wait for the loop, or fail because it is busy.",
)
def test_items_wait_for_a_busy_loop_and_keep_their_order(start):
    async def busy(mailbox):
        posted.wait()  # the thread of the loop has other things to do
        return [await mailbox.get() for _ in range(MANY)]

    posted = threading.Event()
    loop = start(busy)
    mailbox = loop.made()
    try:
        for item in range(MANY):
            without_an_error(mailbox, "the loop was busy, and post() failed", item)
    finally:
        posted.set()
    assert loop.result() == list(range(MANY)), (
        "what one thread posted did not come out in the order in which it was posted"
    )


@hints(
    "Two threads post at the same time. Who guards what they share?",
    "Let the loop's thread do it all: then nothing is shared.",
)
def test_nothing_is_lost_when_two_threads_post(start, background):
    def post(mailbox, name):
        for number in range(200):
            mailbox.post((name, number))

    async def collect(mailbox):
        threads = [background(post, mailbox, name) for name in "AB"]
        items = [await mailbox.get() for _ in range(400)]
        return items, [thread.result() for thread in threads]

    items, _ = start(collect).result()
    for wanted in "AB":
        numbers = [number for name, number in items if name == wanted]
        assert numbers == list(range(200)), "what one thread posted did not come out whole, and in its order"


@hints(
    "Three tasks wait, and an item comes. Whose is it?",
    "That of the task that called get() first: append to the right, take from the left.",
)
def test_the_task_that_has_waited_longest_is_served_first(start):
    async def three(mailbox):
        tasks = await waiting(mailbox, 3)
        seen = []
        for item in ("one", "two", "three"):
            mailbox.post(item)
            await turns()
            seen.append([outcome(task) for task in tasks])
        return seen

    first, second, third = start(three).result()
    assert first == ["one", "waits", "waits"], "the first item did not go to the task that called first"
    assert second == ["one", "two", "waits"], "the second item did not go to the task that called second"
    assert third == ["one", "two", "three"], "the third item did not go to the task that called third"


@pytest.mark.parametrize("who", [0, 1, 2], ids=["the first", "the second", "the third"])
@hints(
    "A task is cancelled while it waits. Is it still in a list?",
    "An item must not go to a future that is done or cancelled: skip it, or leave the queue on the way out.",
)
def test_the_others_do_not_notice_a_cancellation(start, who):
    async def three(mailbox):
        tasks = await waiting(mailbox, 3)
        tasks[who].cancel()
        await turns()
        for item in ("one", "two"):
            mailbox.post(item)
            await turns()
        return [outcome(task) for task in tasks]

    wanted = ["one", "two"]
    wanted.insert(who, "cancelled")
    assert start(three).result() == wanted, (
        "one task was cancelled, and the items did not go to the other two, in their order"
    )


@pytest.mark.parametrize("after", range(6))
@hints(
    "An item was handed to a task, and before the task runs it is cancelled. Where is the item?",
    "Do not hand over the item, hand over the turn: the task takes the item itself, when it runs.",
    "asyncio.Queue does so: its get() wakes the next one if it was cancelled in vain.",
)
def test_a_task_that_is_cancelled_as_the_item_comes_does_not_lose_it(start, after):
    async def two(mailbox):
        first, second = await waiting(mailbox, 2)
        mailbox.post("one")
        # So many turns of the loop later, the first may be on its way with the item.
        await turns(after)
        first.cancel()
        await turns()
        mailbox.post("two")
        await turns()
        got = [outcome(first), outcome(second)]
        return got if got[0] == "one" else [*got[1:], *await take(mailbox, 1)]

    assert start(two).result() == ["one", "two"], "a cancelled task took an item with it, or the turn of the next one"


@hints(
    "Two mailboxes in one loop. What do they share?",
    "Nothing but the loop: what is set in the class body, or in the module, is everybody's.",
)
def test_each_mailbox_has_its_own_items(start, kata):
    async def two(mailbox):
        other = kata.Mailbox()
        mailbox.post("mine")
        return await take(other, 1) + await take(mailbox, 1)

    assert start(two).result() == ["waits", "mine"], "the item of one mailbox came out of another"


@pytest.fixture
def idle(keep):
    """An event loop of this thread, which runs only when the test says so; closed in the end."""
    return keep(asyncio.new_event_loop())


async def new_mailbox(kata):
    return kata.Mailbox()


@hints(
    "The loop does not run just now. Is it closed?",
    "No: it may run again. Only a closed loop lets items drop, and call_soon_threadsafe() knows the difference.",
)
def test_what_is_posted_while_the_loop_does_not_run_waits(kata, idle):
    mailbox = idle.run_until_complete(new_mailbox(kata))
    # Between two runs of the loop, as between two calls of run_until_complete().
    without_an_error(mailbox, "the loop did not run just then, and post() failed", "early")
    taken = idle.run_until_complete(take(mailbox, 1))
    assert taken == ["early"], "the loop was not running just then, and the item was lost"


@hints(
    "The loop is closed, and a thread does not know it yet. What does call_soon_threadsafe() do?",
    "It raises RuntimeError. The thread that posts can do nothing about it: drop the item.",
    "A coroutine that was made for an item and is never awaited is a RuntimeWarning. Hand over a plain callback.",
)
def test_when_the_loop_is_closed_items_are_dropped_without_a_word(kata, idle):
    mailbox = idle.run_until_complete(new_mailbox(kata))
    with warnings.catch_warnings(record=True) as printed:
        warnings.simplefilter("always", RuntimeWarning)
        without_an_error(mailbox, "the loop did not run just then, and post() failed", "waits")
        idle.close()
        without_an_error(mailbox, "the loop was closed, and the other thread failed", "late")
        gc.collect()
    said = [str(warning.message) for warning in printed]
    assert said == [], "items waited when the loop was closed, and Python printed a warning"


@hints(
    "You ask whether the loop is closed, and it says no. Is that still true in the next line?",
    "The other thread goes on meanwhile: try, and take the RuntimeError.",
)
def test_a_loop_that_is_closed_just_now_does_no_harm(kata, idle):
    mailbox = idle.run_until_complete(new_mailbox(kata))

    def ask(question):
        answer = question()
        del idle.is_closed, idle.is_running
        idle.close()  # by its own thread, right after the answer
        return answer

    idle.is_closed, idle.is_running = partial(ask, idle.is_closed), partial(ask, idle.is_running)
    without_an_error(mailbox, "the loop was open when post() asked, and closed when it acted", "late")
