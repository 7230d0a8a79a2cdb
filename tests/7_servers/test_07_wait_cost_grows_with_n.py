"""7.7: what one wait costs is measured alone, and for select and poll it grows with the sockets that are idle.

Nothing here depends on how fast the machine is: the clock is the suite's, and what
is handed to the kernel is counted.
"""

import itertools
import os
import resource
import select
import selectors
import stat
import time
from dataclasses import dataclass

import pytest

from dojo.suite import GREEN, Finding, hints, on_stub, raises_errno, stands_in

KINDS = [kind for kind in ("select", "poll", "epoll", "kqueue") if hasattr(select, kind)]
FLAT = [kind for kind in ("epoll", "kqueue") if kind in KINDS]
CLOCKS = ("perf_counter", "monotonic", "time", "process_time", "thread_time")
WAITS = ("select", "poll", "control")
LIBRARY = ("selector.select", "selector.register", "selector.unregister", "selector.modify")  # calls stand beneath it

every_kind = pytest.mark.parametrize("kind", KINDS)


@dataclass
class Wait:
    """A wait that the learner's code has made."""

    kind: str
    watched: dict[int, bool]  # descriptor: whether it is a socket that is watched for reading
    events: int


def is_socket(fd):
    """Whether an open socket has this number."""
    return stat.S_ISSOCK(os.fstat(fd).st_mode)


def number(sock):
    """The number of a descriptor."""
    return sock if isinstance(sock, int) else sock.fileno()


def watching_select(original, seen):
    """A stand-in for select.select that takes down what it is asked."""

    @stands_in
    def stand_in(reading, writing, *more):
        reading, writing = list(reading), list(writing)
        found = original(reading, writing, *more)
        watched = {number(sock): False for sock in writing} | {
            number(sock): is_socket(number(sock)) for sock in reading
        }
        seen.append(Wait("select", watched, sum(map(len, found))))
        return found

    return stand_in


def watching_poller(kind, seen):
    """A stand-in for select.poll or one of its relatives that takes down what it is asked."""
    base = getattr(select, kind)
    reads = getattr(select, "POLLIN", 1)

    @stands_in
    class StandIn(base):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.watched = {}

        def register(self, sock, *mask, **kwargs):
            base.__getattr__(self, "register")(sock, *mask, **kwargs)
            asked = [*mask, *kwargs.values()] or [reads]
            self.watched[number(sock)] = is_socket(number(sock)) and bool(asked[0] & reads)

        def unregister(self, sock):
            base.__getattr__(self, "unregister")(sock)
            self.watched.pop(number(sock), None)

        def poll(self, *args, **kwargs):
            found = base.__getattr__(self, "poll")(*args, **kwargs)
            seen.append(Wait(kind, dict(self.watched), len(found)))
            return found

        def control(self, changes, most, *timeout):
            found = base.__getattr__(self, "control")(changes, most, *timeout)
            self.watched |= {change.ident: is_socket(change.ident) for change in changes or ()}
            if most:
                seen.append(Wait(kind, dict(self.watched), len(found)))
            return found

    return StandIn


@pytest.fixture
def seen(monkeypatch):
    """Every wait of the learner's code, however it comes by the call."""
    waits = []
    stand_in = watching_select(select.select, waits)
    monkeypatch.setattr(select, "select", stand_in)
    monkeypatch.setattr(selectors.SelectSelector, "_select", staticmethod(stand_in))
    for kind in KINDS[1:]:
        poller = watching_poller(kind, waits)
        monkeypatch.setattr(select, kind, poller)
        selector = getattr(selectors, f"{kind.capitalize()}Selector")
        if hasattr(selector, "_selector_cls"):
            monkeypatch.setattr(selector, "_selector_cls", poller)
    return waits


def is_wait(call):
    """Whether a call on the tape is a wait; to make a poll object is one of the same name, and has no target."""
    return call.name in WAITS and bool(call.target or call.name == "select")


class Clock:
    """A clock that stands still but for the learner's calls: a wait, or another call, takes as long as the test says.

    And each descriptor that is handed to the kernel, in whatever call, may take some time as well. It stands in
    for the clocks of the module time, and goes on from where they were.
    """

    def __init__(self, recorder, monkeypatch):
        self.nanoseconds, self.read = time.perf_counter_ns(), 0
        self.waits, self.others, self.handed = itertools.repeat(5_000), 0, 0  # nanoseconds
        self._end = recorder.end
        monkeypatch.setattr(recorder, "end", self.end)
        for name in CLOCKS:
            monkeypatch.setattr(time, name, lambda: self.look() / 1e9)
            monkeypatch.setattr(time, f"{name}_ns", self.look)
        monkeypatch.setattr(time, "clock_gettime", lambda which: self.look() / 1e9)
        monkeypatch.setattr(time, "clock_gettime_ns", lambda which: self.look())

    def look(self):
        """The time."""
        self.read += 1
        return self.nanoseconds

    def end(self, call, *args, **kwargs):
        """A call of the learner's code is over, and has taken its time."""
        self._end(call, *args, **kwargs)
        if call.who == "you" and call.name not in LIBRARY:
            self.nanoseconds += next(self.waits) if is_wait(call) else self.others
            self.nanoseconds += self.handed * call.handed


@pytest.fixture
def clock(tape, monkeypatch):
    """A clock that the test sets: clock.waits are the nanoseconds that the waits take, one after the other."""
    return Clock(tape.recorder, monkeypatch)


def descriptors():
    """The open descriptors of this process."""
    return set(os.listdir("/dev/fd"))


@hints(
    "How many sockets are watched in one wait, and for what? How often do you wait?",
    "n sockets to which nothing comes, and one with a byte in it: all n + 1 of them, in each of 101 waits.",
)
@on_stub("more than one was ready: the others must be idle (a new TCP socket counts as hung up)")
@every_kind
def test_one_socket_of_n_plus_one_is_ready(seen, kata, kind):
    kata.wait_cost(kind, 8)
    assert {wait.kind for wait in seen} == {kind}, "your code measured another call than the kind says"
    assert len(seen) >= 101, "your code waited fewer than 101 times: one wait can be late by chance"
    for wait in seen:
        assert len(wait.watched) == 9, "a wait did not watch n idle sockets and one that is ready"
        assert all(wait.watched.values()), "not all n + 1 were sockets, open, and watched for reading"
        assert wait.events != 0, "nothing was ready: your code measured a timeout"
        words = "more than one was ready: the others must be idle (a new TCP socket counts as hung up)"
        assert wait.events == 1, words


@hints(
    "What is done once, and what each time that somebody asks what is ready?",
    "Open, register and send before the loop. In the loop: look at the clock, wait, look at the clock.",
    "An event is reported again as long as nobody reads: nothing has to be sent or read between two waits.",
)
@on_stub("your code measured something else than the wait: to open, to register, to send or to read")
@every_kind
def test_the_wait_alone_is_measured(seen, clock, kata, kind):
    # By this clock each wait takes five microseconds, and any other call a second.
    clock.others = 1_000_000_000
    seconds = kata.wait_cost(kind, 8)
    assert clock.read > 0, "your code did not read a clock of the module time"
    other_units = any(abs(seconds / wanted - 1) < 0.001 for wanted in (0.005, 5, 5000))
    if seconds > 0.001 and not other_units:
        words = "your code measured something else than the wait: to open, to register, to send or to read"
        raise Finding(words, "0.000005 seconds", f"{seconds:.6f}; any call that is not a wait takes one second here")
    assert round(seconds, 9) == 0.000_005, (
        "a wait took 5 microseconds, and your result was not that, in seconds, for one wait"
    )


@hints(
    "Somebody else gets the processor in the middle of a wait. How long does the wait take then, and the mean?",
    "Time each wait alone, sort what you have got, and take the one in the middle: statistics.median().",
)
@on_stub("a few waits were late")
@every_kind
def test_a_few_late_waits_do_not_count(seen, clock, kata, kind):
    # The first is late because nothing is in the caches, and one in four because something else runs.
    clock.waits = itertools.chain([50_000_000], itertools.cycle([5_000, 5_000, 700_000, 5_000]))
    seconds = kata.wait_cost(kind, 2)
    assert round(seconds, 9) == 0.000_005, "a few waits were late, and your result was not the median of all"


@hints(
    "The shortest of all waits is not the usual one, either.",
    "Not min(): the median.",
)
@on_stub("a few waits were short")
@every_kind
def test_a_few_short_waits_do_not_count(seen, clock, kata, kind):
    clock.waits = itertools.cycle([5_000, 5_000, 1_000, 5_000])
    seconds = kata.wait_cost(kind, 2)
    assert round(seconds, 9) == 0.000_005, "a few waits were short, and your result was not the median of all"


@hints(
    "n is the number of idle sockets. How many are watched if it is 0?",
    "The one that is ready is there all the same.",
)
@on_stub(GREEN)
@every_kind
def test_nobody_is_idle(seen, clock, kata, kind):
    seconds = kata.wait_cost(kind, 0)
    assert [(len(wait.watched), wait.events) for wait in seen[:1]] == [(1, 1)], (
        "n was 0, and your code did not watch just the one that is ready"
    )
    assert round(seconds, 9) == 0.000_005, "n was 0, and your code did not measure the wait alone"


@hints(
    "How many descriptors are open when you return?",
    "The sockets at both ends, and the epoll object: contextlib.ExitStack closes them all.",
)
@on_stub(GREEN)
@every_kind
def test_everything_is_closed_again(kata, kind):
    before = descriptors()
    kata.wait_cost(kind, 8)
    assert len(descriptors() - before) == 0, "your code left a socket, or what waits for it, open"


@hints(
    "socket() fails in the middle of it. What closes the sockets that are open by then?",
    "with, or try and finally, from before the first socket on: the list grows inside.",
)
@on_stub("was never closed")
def test_there_are_not_enough_descriptors(kata):
    before = descriptors()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    twelve = itertools.islice((free for free in itertools.count() if str(free) not in before), 12)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(twelve) + 1, limit[1]))
    try:
        with raises_errno("EMFILE", words="there were not enough descriptors, and the caller never finds out"):
            kata.wait_cost("select", 30)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)
    assert len(descriptors() - before) == 0, "one socket could not be opened, and your code left another one open"


@hints(
    "What do you do with a kind that you do not know?",
    "kqueue is not on Linux, and epoll nowhere else: hasattr(select, kind). Raise ValueError before you open anything.",
)
@on_stub("this kind")
def test_a_kind_that_is_not_there_is_an_error(kata):
    missing = [kind for kind in ("epoll", "kqueue") if kind not in KINDS]
    for kind in [*missing, "fast", "default"]:
        try:
            seconds = kata.wait_cost(kind, 1)
        except ValueError:
            continue
        except (AttributeError, KeyError, TypeError) as error:
            raise Finding(f"{kind!r} is not there, and the error does not say so", "ValueError", repr(error)) from error
        raise Finding(f"the system does not have this kind, {kind!r}", "ValueError", f"it returns {seconds}")


@pytest.fixture
def costs(clock, kata):
    """`costs(kind)`: microseconds for 1 idle socket and for 20, if each descriptor that is handed over takes 0.1."""
    clock.handed = 100  # nanoseconds, on top of the five microseconds that each wait takes
    return lambda kind: [round(kata.wait_cost(kind, n) * 1e6, 3) for n in (1, 20)]


@hints(
    "What do select() and poll() have to look at before they can answer?",
    "All n + 1 sockets in each call, and all of them are handed over in each call. It has to show in your result.",
)
@on_stub(GREEN)
@pytest.mark.parametrize("kind", KINDS[:2])
def test_select_and_poll_are_handed_every_socket_in_each_wait(costs, tape, kind):
    few, many = costs(kind)
    handed = {call.handed for call in tape.calls(kind) if is_wait(call)}
    assert sorted(handed) == [2, 21], "a wait was not handed all idle sockets, and the ready one"
    assert few == 5.2, (
        "each wait was handed two descriptors, 0.1 microseconds each, and 5 more, and your result was not that"
    )
    assert many == 7.1, "20 sockets were idle, and it did not show in the cost of a wait"


@hints(
    "Where is the set of sockets kept that epoll watches? When does it get there?",
    "Register before the loop, once. The wait then looks at the list of those that are ready.",
)
@on_stub("your code handed over again, between the waits, what epoll and kqueue keep")
@pytest.mark.parametrize("kind", FLAT)
def test_epoll_is_handed_every_socket_once(costs, tape, kind):
    few, many = costs(kind)
    # The last 101 waits at least are those for 20: whatever is handed over after the first of them is so once more.
    waits = [call.number for call in tape.calls(*WAITS) if is_wait(call) and not call.handed][-101:]
    again = sum(call.handed for call in tape.calls() if waits and waits[0] < call.number < waits[-1])
    assert waits and not again, "your code handed over again, between the waits, what epoll and kqueue keep"
    assert (few, many) == (5, 5), "20 sockets were idle, and it showed in the cost of a wait"
