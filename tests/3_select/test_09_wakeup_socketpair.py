"""3.9: another thread ends a sleeping select by making a watched descriptor readable."""

import contextlib
import fcntl
import os
import select
import signal
import socket
import sys

import pytest

from dojo.suite import Finding, hints, sleeps, stands_in, wait_until

READS = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")
WRITES = ("send", "sendall", "sendto", "sendmsg")


@pytest.fixture
def meanwhile(monkeypatch):
    """A dictionary: what is put in as "before a read" or "after a write" is called once, when it comes to that."""
    acts = {}

    def hook(owner, name, kind):
        original = getattr(owner, name)

        @stands_in
        def stand_in(*args, **kwargs):
            acts.pop(f"before a {kind}", bool)()
            result = original(*args, **kwargs)
            acts.pop(f"after a {kind}", bool)()
            return result

        monkeypatch.setattr(owner, name, stand_in)

    for kind, names, numbers in (("read", READS, "eventfd_read"), ("write", WRITES, "eventfd_write")):
        for name in names:
            hook(socket.socket, name, kind)
        for name in (kind, numbers):
            if hasattr(os, name):
                hook(os, name, kind)
    return acts


@pytest.fixture
def waker(kata):
    """A Waker, closed when the test is over."""
    made = kata.Waker()
    yield made
    made.close()


def readable(waker, seconds=0):
    """Whether select() finds the waker readable within so many seconds."""
    found, _, _ = select.select([waker], [], [], seconds)
    return found == [waker]


def wake(waker, tape):
    """More than the buffer of a socketpair takes, and more bytes than one read of 4,096 takes."""
    for number in range(4_400):
        tape.recorder.on = number < 400  # these are enough to look at
        waker.wake()
    tape.recorder.on = True


def without_waiting(running, tape):
    """Let a call in the background end; it is a finding if one of its calls waits, or if it raises."""

    def waits():
        return bool(tape.waits()) or (sys.platform == "linux" and sleeps(running.native_id))

    try:
        wait_until(lambda: running.done or waits(), f"{running.name}() to return")
        if running.done:
            running.result()
    except OSError as error:
        words = f"{running.name}() raised: an object that is full of wake-ups, or empty, is in order"
        raise Finding(words, f"{running.name}() returns", f"{type(error).__name__} is raised") from error
    if tape.waits() or not running.done:
        words = f"{running.name}() waited, and the thread that called it has other things to do"
        raise Finding(
            words, "no call should wait", "".join(f"{call.text} waits" for call in tape.waits()[:1]) or "it waits"
        )


@hints(
    "select() asks each object for its descriptor. Which one is readable only when something was written elsewhere?",
    "socket.socketpair() or os.pipe(): what is written at one end makes the other one readable.",
    "fileno() returns the descriptor of the end from which one reads. Nothing is written in __init__().",
)
def test_a_new_waker_is_not_readable(waker):
    assert not readable(waker), (
        "nobody had called wake(), and your waker was readable: a loop that watches it would never sleep"
    )


@hints(
    "What has to happen to the descriptor when wake() is called?",
    "Send one byte into the other end. A threading.Event or a flag is nothing that select() could see.",
)
def test_a_wake_up_makes_it_readable(waker):
    waker.wake()
    # It stays so until it is drained: a wake-up just before the wait must not be lost.
    for _ in range(2):
        assert readable(waker, 0.5), "wake() was called, and select() saw nothing on the watched descriptor"


@hints(
    "A thread sleeps in select(). What wakes it?",
    "A byte that comes to the end that it watches: wake() writes it, from this thread.",
)
def test_it_ends_the_wait_of_another_thread(waker, background):
    loop = background(select.select, [waker], [], [])
    # The thread is asleep, and watches nothing but the waker.
    wait_until(lambda: loop.done or sleeps(loop.native_id), "the other thread to fall asleep in select()")
    waker.wake()
    assert readable(waker, 0.5), "wake() was called, and the other thread slept on in select()"
    assert loop.result() == ([waker], [], []), "the wait ended, and did not report the waker"


@hints(
    "Five wake-ups, five bytes. How many does drain() take?",
    "All of them: read until the call says that nothing is left.",
)
def test_drain_takes_all_wake_ups(waker):
    for _ in range(5):
        waker.wake()
    waker.drain()
    assert not readable(waker), "your waker was drained and still readable: from then on every wait ends at once"


@hints(
    "The loop registers the waker once and watches it for ever. What may drain() not do to the descriptor?",
    "Keep the two ends that you opened: no new pair, no closing, no shutdown().",
)
def test_it_wakes_again_and_again(waker):
    poll = select.poll()
    poll.register(waker, select.POLLIN)
    number = waker.fileno()
    for _ in range(3):
        waker.wake()
        found = poll.poll(500)  # milliseconds
        assert found == [(number, select.POLLIN)], "the waker was registered once, and a later wake-up was not seen"
        waker.drain()
        assert poll.poll(0) == [], "drain() was called, and your waker was readable before the next wake-up"
    assert waker.fileno() == number, "fileno() changed while the waker lived"


@hints(
    "drain() is called and nobody has woken. What does a recv() on an empty socket do?",
    "Make the end from which you read non-blocking, and take BlockingIOError for: nothing left.",
)
def test_drain_with_nothing_pending_returns_at_once(waker, background, tape):
    without_waiting(background(waker.drain), tape)
    waker.wake()
    without_waiting(background(waker.drain), tape)
    assert not readable(waker), "the one wake-up was drained, and your waker was still readable"


@hints(
    "Nobody drains, and wake() is called again and again. When is the buffer full, and what does send() do then?",
    "Make the end into which you write non-blocking: a full buffer raises BlockingIOError.",
    "It may be ignored: a buffer full of wake-ups is a wake-up that is pending.",
)
def test_thousands_of_wake_ups_neither_wait_nor_raise(waker, background, tape):
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # a socketpair has no such size, and is full sooner
            fcntl.fcntl(waker.fileno(), fcntl.F_SETPIPE_SZ, 4096)
    # The loop that should drain is busy with something else all the time.
    without_waiting(background(wake, waker, tape), tape)
    assert readable(waker), "thousands of wake-ups were pending, and select() saw none of them"


@hints(
    "How many bytes may be pending, and how many does one call read?",
    "Read again and again, until the call raises BlockingIOError.",
)
def test_drain_takes_thousands_of_wake_ups(waker, background, tape):
    without_waiting(background(wake, waker, tape), tape)
    without_waiting(background(waker.drain), tape)
    assert not readable(waker), "thousands of wake-ups were pending, and drain() left some: every wait ends at once"
    waker.wake()
    assert readable(waker, 0.5), "a wake-up came after drain(), and select() did not see it"


@hints(
    "Another thread calls wake() between two lines of drain(). Is what you remember still true then?",
    "If you keep a flag for a pending wake-up: what are flag and descriptor after this one?",
    "Without a flag nothing can disagree: one byte for each wake(), and drain() reads until nothing is left.",
)
def test_a_wake_up_during_drain_spoils_nothing(meanwhile, waker):
    waker.wake()
    # Another thread wakes when drain() is just about to read.
    meanwhile["before a read"] = waker.wake
    waker.drain()
    # Whether this one was drained too is open. The next one is not.
    waker.wake()
    assert readable(waker, 0.5), "a wake-up came while drain() was at work, and since then wake() woke nobody"
    waker.drain()
    assert not readable(waker), "your waker was drained and still readable: from then on every wait ends at once"


@hints(
    "The loop wakes up and drains before wake() has returned. Is what wake() notes after that still true?",
    "A flag that wake() sets after writing says that a byte is pending, which is drained already.",
)
def test_a_drain_during_wake_spoils_nothing(meanwhile, waker):
    # The loop drains as soon as wake() has written.
    meanwhile["after a write"] = waker.drain
    waker.wake()
    waker.wake()
    assert readable(waker, 0.5), "drain() was faster than the end of wake(), and since then wake() woke nobody"
    waker.drain()
    assert not readable(waker), "your waker was drained and still readable: from then on every wait ends at once"


@pytest.fixture
def on_signal():
    """`on_signal(function)`: from now on SIGUSR1 calls it."""
    former = signal.getsignal(signal.SIGUSR1)
    yield lambda function: signal.signal(signal.SIGUSR1, lambda *_: function())
    signal.signal(signal.SIGUSR1, former)


@hints(
    "A signal handler runs in the middle of whatever the thread was doing. If that was wake(), what does it find?",
    "A lock that the interrupted wake() holds is never released: the handler waits for its own thread.",
    "One send() of one byte needs no lock.",
)
def test_a_signal_handler_wakes_in_the_middle_of_a_wake_up(meanwhile, waker, on_signal):
    on_signal(waker.wake)
    meanwhile["before a write"] = lambda: signal.raise_signal(signal.SIGUSR1)
    # The signal comes when wake() is just about to write, and its handler calls wake().
    waker.wake()
    assert readable(waker, 0.5), "wake() was called twice, once by the signal handler, and select() saw nothing"
    waker.drain()
    assert not readable(waker), "both wake-ups were drained, and your waker was still readable"


@hints(
    "A program with two loops has two wakers. What do they share?",
    "Open the descriptors in __init__(), for each object its own.",
)
def test_two_wakers_wake_two_loops(kata):
    with contextlib.closing(kata.Waker()) as first, contextlib.closing(kata.Waker()) as second:
        assert first.fileno() != second.fileno(), "two wakers had the same descriptor"
        first.wake()
        assert readable(first, 0.5), "the first waker was woken, and select() did not see it"
        assert not readable(second), "only the first waker was woken, and the second loop woke up as well"
        second.wake()
        first.drain()
        assert readable(second, 0.5), "one waker was drained, and your code took the other one's wake-up"
