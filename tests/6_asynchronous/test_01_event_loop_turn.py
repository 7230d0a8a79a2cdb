"""6.1: one turn of a loop waits no longer than it may, and runs what was ready when it began to run."""

import selectors
import socket
import time

import pytest

from dojo.suite import GREEN, Finding, hints, on_stub, raises_errno

READ = selectors.EVENT_READ


class Clockwork(selectors.SelectSelector):
    """A selector that never waits: it notes how long it should, and its own clock goes on by as much."""

    def __init__(self):
        super().__init__()
        self.now, self.asked, self.ready = 1000.0, [], []

    def clock(self):
        return self.now

    def select(self, timeout=None):
        if timeout is not None:
            timeout = max(timeout, 0)
        self.asked.append(timeout)
        if len(self.asked) > 100:
            raise Finding("one turn asked the selector again and again", "it should ask once", "it did not end")
        reported, self.ready = self.ready, []
        if not reported:
            self.now += timeout or 0
        return reported


@pytest.fixture
def clockwork():
    with Clockwork() as made:
        yield made


@pytest.fixture
def loop(kata, clockwork):
    """An EventLoop in which no time passes but that which it waits."""
    return kata.EventLoop(clockwork, clockwork.clock)


@pytest.fixture
def turn(loop, clockwork):
    """`turn()` goes through one turn; it returns what the selector was asked to wait, in a list."""

    def once():
        before = len(clockwork.asked)
        loop.run_once()
        return clockwork.asked[before:]

    return once


def ready(callback, name="a socket"):
    """A pair as select() returns it, for an object that is readable."""
    return selectors.SelectorKey(name, 100, READ, callback), READ


@on_stub("a callback was ready to be run, and your turn waited all the same (the waits asked for)")
@hints(
    "There is something in the queue. Is that something to wait for, or something to do?",
    "With a callback in the queue the timeout is 0, whatever the timers say: select() only has a look.",
)
def test_with_a_callback_in_the_queue_it_does_not_wait(loop, turn):
    ran = []
    loop.call_later(0.5, ran.append, "later")
    for name in ("one", "two"):
        loop.call_soon(ran.append, name)
        assert turn() == [0], "a callback was ready to be run, and your turn waited all the same (the waits asked for)"
    assert ran == ["one", "two"], "a callback did not run once, with its arguments, in the turn after call_soon()"


@on_stub("the next turn")
@hints(
    "The second callback adds a fourth one while the turn runs. When does that one run?",
    "In the next turn. How many are there to run in this one, before the first of them runs?",
    "for _ in range(len(queue)): and take one from the front each time.",
)
def test_what_a_callback_adds_runs_in_the_next_turn(loop, turn):
    ran = []

    def second():
        ran.append(2)
        loop.call_soon(ran.append, 4)

    loop.call_soon(ran.append, 1)
    loop.call_soon(second)
    loop.call_soon(ran.append, 3)
    turn()
    assert ran == [1, 2, 3], (
        "your turn did not run just what the queue held, in its order: what a callback adds is for the next turn"
    )
    assert turn() == [0], "a callback was in the queue, and your turn waited"
    assert ran == [1, 2, 3, 4], "the callback that was added in the turn before did not run, or not once"


@on_stub(GREEN)
@hints(
    "Nothing is in the queue, there is no timer. What is the loop waiting for?",
    "For sockets alone, however long it takes: the timeout is None.",
)
def test_with_nothing_to_do_it_waits_without_a_limit(turn):
    for _ in range(2):
        assert turn() == [None], (
            "there was nothing to do but to wait, and your loop set a limit: it only makes the loop turn for nothing"
        )


@on_stub(GREEN)
@hints(
    "What does the selector tell you of each socket that is ready?",
    "key.data is its callback, key.fileobj the object, and the mask stands beside the key.",
    "Keep all three when you put it into the queue: a lambda that looks at `key` later sees the last one.",
)
def test_each_ready_socket_is_called_with_its_object_and_mask(kata, selector, keep):
    calls, socks = [], []
    loop = kata.EventLoop(selector, time.monotonic)
    for number in range(3):
        sock, peer = keep(socket.socketpair())
        socks.append(sock)
        peer.send(b"x")

        def read(conn, mask, number=number):
            calls.append((number, socks.index(conn), mask))

        selector.register(sock, READ, read)
    loop.run_once()
    assert sorted(calls) == [(0, 0, READ), (1, 1, READ), (2, 2, READ)], (
        "your loop did not call each socket's own callback with its object and the mask"
    )


@on_stub(GREEN)
@hints(
    "Who wakes the loop when a socket becomes ready, long before the next timer?",
    "The kernel does, in select(). Give it the time until the timer as its timeout, and do not sleep anywhere else.",
)
def test_a_socket_ends_the_wait_for_a_timer(kata, selector, unix_pair, background):
    sock, peer = unix_pair
    ran = []
    loop = kata.EventLoop(selector, time.monotonic)
    selector.register(sock, READ, lambda conn, mask: ran.append(conn.recv(100)))
    loop.call_later(60, ran.append, "in a minute")
    running = background(loop.run_once)
    # Nothing is in the queue. The timer is a minute away.
    running.asleep()
    peer.send(b"hello")
    running.result()
    assert ran.count("in a minute") == 0, "a socket ended the wait, and your loop ran a timer that was not due"
    assert ran == [b"hello"], "the socket was ready long before the timer, and its callback did not run at once"


@on_stub("a timer was due")
@hints(
    "How long is it until the earliest timer? And what is the time when select() comes back?",
    "The timeout is the time of the earliest timer less clock(). After select() ask clock() again.",
)
def test_a_timer_runs_in_the_turn_that_waits_for_it(loop, turn):
    ran = []
    loop.call_later(1.0, ran.append, "c")
    loop.call_later(0.25, ran.append, "a")
    loop.call_later(0.5, ran.append, "b")
    for names, wait in (("a", 0.25), ("ab", 0.25), ("abc", 0.5)):
        assert turn() == [wait], "your select() did not wait until the next timer was due: not shorter, and not longer"
        assert "".join(ran) == names, (
            "a timer was due, and did not run in the turn that waited for it, or not the earliest first"
        )
    assert turn() == [None], "all the timers had run, and your loop still waited for one"


@on_stub(GREEN)
@hints(
    "select() came back. Does that mean that the timer is due?",
    "A socket may have ended the wait. Compare with clock() before you run a timer.",
)
def test_a_wait_that_ends_early_makes_no_timer_due(loop, turn, clockwork):
    ran = []
    loop.call_later(1.0, ran.append, "timer")
    clockwork.now += 0.25
    clockwork.ready = [ready(lambda fileobj, mask: ran.append(fileobj))]
    # A socket is ready at once. The timer has three quarters of a second to go.
    assert turn() == [0.75], "your loop did not wait for what was left of the timer's delay"
    assert ran == ["a socket"], "a socket ended the wait, and your loop ran a timer that was not due"
    clockwork.now += 0.75
    turn()
    assert ran == ["a socket", "timer"], "the timer was not due when the socket was ready, and your loop lost it"


@on_stub("TypeError")
@hints(
    "Two timers are due at the very same time. What does your heap compare then?",
    "Functions have no order, and neither have handles. Put something between the time and the handle that has.",
    "(time, next(count), handle), with count = itertools.count()",
)
def test_timers_of_the_same_time_run_in_the_order_of_call_later(loop, turn):
    ran = []
    for name in "dbace":
        loop.call_later(0.5, ran.append, name)
    assert turn() == [0.5], "five timers were due at the same time, and your loop did not wait until then"
    assert "".join(ran) == "dbace", "timers of the same time did not run in the order of call_later(), all in one turn"


@on_stub("the earliest timer was cancelled, and your loop woke up for it")
@hints(
    "A timer was cancelled. Does anybody have to be woken for it?",
    "Before you take the earliest timer's time, throw away those in front of it that are cancelled.",
)
def test_a_cancelled_timer_does_not_shorten_the_wait(loop, turn):
    ran = []
    first = loop.call_later(0.25, ran.append, "first")
    loop.call_later(1.0, ran.append, "second")
    third = loop.call_later(1.5, ran.append, "third")
    first.cancel()
    first.cancel()
    assert turn() == [1.0], "the earliest timer was cancelled, and your loop woke up for it"
    assert ran == ["second"], "a cancelled timer ran, or another one did not"
    third.cancel()
    assert turn() == [None], "the only timer was cancelled, and your loop woke up for it"


@on_stub(GREEN)
@hints(
    "Two timers have the same function and the same argument. Which of them was cancelled?",
    "cancel() is about its own handle: mark that, or look for it with `is`.",
)
def test_cancel_means_its_own_timer_alone(loop, turn, clockwork):
    ran = []
    loop.call_later(0.25, ran.append, "twin")
    late = loop.call_later(0.5, ran.append, "twin")
    middle = loop.call_later(0.375, ran.append, "middle")
    late.cancel()
    middle.cancel()
    clockwork.now += 0.25
    turn()
    assert ran == ["twin"], "the later one of two twins was cancelled, and the earlier one did not run"
    clockwork.now += 0.25
    turn()
    assert ran == ["twin"], "a cancelled timer ran"


@on_stub(GREEN)
@hints(
    "Three timers are due in the same turn. The first one cancels the second. Is it too late for that?",
    "Not before it runs: ask whether it is cancelled when its turn has come.",
)
def test_a_callback_may_cancel_another_of_the_same_turn(loop, turn, clockwork):
    ran, handles = [], []

    def first():
        ran.append("first")
        # Its own handle has run already: that changes nothing.
        for handle in handles[:2]:
            handle.cancel()

    handles += [loop.call_later(0.25, first), loop.call_later(0.25 + 0.125, ran.append, "second")]
    loop.call_later(0.5, ran.append, "third")
    clockwork.now += 1
    turn()
    assert ran == ["first", "third"], "the second was cancelled before it ran, in the same turn, and ran all the same"


@on_stub("a callback that adds itself ran for ever in one turn")
@hints(
    "A callback adds itself again whenever it runs. Does your turn ever end?",
    "Each turn asks the selector and the clock, however full the queue is, and runs that callback once.",
)
def test_a_callback_that_adds_itself_keeps_nobody_out(loop, turn, clockwork):
    ran, runs = [], []

    def again():
        runs.append(1)
        if len(runs) > 20:
            raise Finding("a callback that adds itself ran for ever in one turn", "once in a turn", "again and again")
        loop.call_soon(again)

    loop.call_soon(again)
    loop.call_later(0.5, ran.append, "timer")
    for _ in range(3):
        turn()
    clockwork.now += 0.5
    clockwork.ready = [ready(lambda fileobj, mask: ran.append(fileobj))]
    # A socket is ready now, a timer is due, and the queue is not empty: it never is.
    turn()
    assert ran == ["a socket", "timer"], "the queue was never empty, and a socket or a timer never had its turn"


@on_stub(GREEN)
@hints(
    "Something is in the queue, sockets are ready, timers are due. Which comes first?",
    "The queue; behind it the sockets, in the order of select(); behind them the timers, by their time.",
)
def test_the_queue_comes_first_then_sockets_then_timers(loop, turn, clockwork):
    ran = []

    def note(fileobj, mask):
        ran.append(fileobj)

    loop.call_later(0.5, ran.append, "timer 2")
    loop.call_later(0.25, ran.append, "timer 1")
    loop.call_soon(ran.append, "queue")
    clockwork.now += 1
    clockwork.ready = [ready(note, "socket 1"), ready(note, "socket 2")]
    turn()
    wanted = ["queue", "socket 1", "socket 2", "timer 1", "timer 2"]
    assert ran == wanted, "your loop did not run first the queue, then the sockets, then the timers by their time"


@on_stub("the next turn")
@hints(
    "A callback takes long, and a timer falls due meanwhile. In which turn does it run?",
    "In the next one, which does not wait. Look at the timers once in a turn, before the first callback runs.",
)
def test_what_falls_due_while_callbacks_run_is_for_the_next_turn(loop, turn, clockwork):
    ran = []

    def slow():
        loop.call_later(0.125, ran.append, "short")
        clockwork.now += 2
        loop.call_soon(ran.append, "added")

    loop.call_later(1.5, ran.append, "timer")
    loop.call_soon(slow)
    turn()
    assert ran == [], "your loop ran what was added or fell due while callbacks ran: that is for the next turn"
    assert turn() == [0], "a timer was overdue and another callback in the queue, and your loop waited"
    assert ran == ["added", "short", "timer"], (
        "your loop did not run the queue first, then the timers that were due, by their time"
    )
    assert turn() == [None], "everything had run, and your loop did not wait for what comes next"


@on_stub(GREEN)
@hints(
    "The second callback raises. What about those behind it?",
    "The error propagates, and they are still in the queue: take each one out just before it runs.",
)
def test_an_error_propagates_and_nothing_else_is_lost(loop, turn, clockwork):
    ran = []

    def bad():
        loop.call_soon(ran.append, "added")
        raise ValueError("a mistake in a callback")

    for fn, *args in ((ran.append, "before"), (bad,), (ran.append, "behind")):
        loop.call_soon(fn, *args)
    loop.call_later(0.5, ran.append, "timer")
    clockwork.now += 0.5
    with raises_errno("ValueError", words="your loop swallowed an error in a callback, and the caller never finds out"):
        loop.run_once()
    # Whether the others run before the error propagates, or in the next turn, is open.
    loop.run_once()
    assert ran == ["before", "behind", "timer", "added"], "one callback raised, and others were lost or ran twice"


@on_stub(GREEN)
@hints(
    "Two callbacks in the queue raise. How many errors can a turn raise?",
    "One. Stop there, and the other callback is still in the queue; or keep its error for the next turn.",
    "KeyboardInterrupt is an error of a callback like the others, and no Exception.",
)
def test_a_second_error_of_the_same_turn_is_not_lost(loop, clockwork):
    def fail(error):
        raise error

    ran, raised = [], []
    wanted = [ValueError("the first"), KeyboardInterrupt("the second")]
    for error in wanted:
        loop.call_soon(fail, error)
        loop.call_soon(ran.append, "behind")
    for _ in range(4):
        try:
            loop.run_once()
        except (ValueError, KeyboardInterrupt) as error:
            raised.append(error)
    assert raised == wanted, "two callbacks raised, and your loop did not raise both errors"
    assert ran == ["behind", "behind"], "two callbacks raised, and others were lost, or ran twice"
    assert clockwork.asked[-1] is None, "everything had run, and your loop still polled"
