"""3.1: a wait for several sockets, with a deadline, without one, and with one that has passed."""

import time

import pytest

from dojo.suite import asleep_in, hints, unread, wait_until


def clock_from(start):
    """A clock that shows `start` now, and goes on from there."""
    began = time.monotonic()
    return lambda: start + (time.monotonic() - began)


def at_once(background, tape, function, *args):
    """What the function returns; as soon as it sleeps instead, the test is over."""
    running = background(function, *args)
    wait_until(lambda: running.done or any(asleep_in(call) for call in tape.waits()), "the answer")
    found = running.result() if running.done else None
    waits = [call.text for call in tape.waits()]
    assert waits == [], "your code waited, although the deadline was not in the future: look once and return"
    return found


@pytest.fixture
def three(streams):
    """Three connections: the sockets for the kata, and their peers for the suite."""
    return streams(3)


@hints(
    "One call takes a list of sockets and tells which of them are readable.",
    "select.select(socks, [], [], timeout) returns three lists; the readable ones are in the first.",
    "readable, _, _ = select.select(socks, [], [], None), then return the whole list.",
)
def test_all_that_are_readable_are_returned(kata, three):
    socks, peers = three
    # The first and the last have something to read. Nothing has come for the one between them.
    peers[0].send(b"hello")
    peers[2].send(b"hello")
    found = kata.wait_readable(socks, None, time.monotonic)
    assert type(found) is list, "your code did not return a list of sockets"
    assert len(found) == 2, "two of the three sockets had input, and your code did not return those two"
    assert set(found) == {socks[0], socks[2]}, (
        "your code returned other sockets than the two readable ones of the caller"
    )


@hints(
    "What does select() return when its time is over?",
    "Three empty lists, in a tuple: the tuple is true, its first list is what you want.",
    "Return the first list as it is: when nothing is readable it is empty, and that is the answer.",
)
def test_nothing_by_the_deadline_is_an_empty_list(kata, unix_pair):
    sock, _ = unix_pair
    found = kata.wait_readable([sock], 0.001, clock_from(-0.01))
    assert found == [], "nothing was readable by the deadline, and your code did not return an empty list"


@hints(
    "The deadline is a moment on the caller's clock. How long is it from now until then?",
    "select() takes the number of seconds to wait, not the moment at which to stop.",
    "timeout = deadline - clock(), with the clock that you were given. poll() counts milliseconds: round them up.",
)
def test_it_waits_until_the_deadline_on_the_given_clock(silence, kata, unix_pair):
    sock, _ = unix_pair
    # This clock counts from a moment of its own, as time.monotonic() does. It has yet to reach zero.
    clock = silence.clock(-0.02)
    kata.wait_readable([sock], 0.001, clock)
    assert clock() >= 0.001, "your code gave up before the given clock had reached the deadline"
    # Part of a millisecond is time, too. Code that cuts it off may wake late enough by chance, but not each time.
    for _ in range(20):
        clock = silence.clock()
        kata.wait_readable([sock], 0.0014, clock)
        assert clock() >= 0.0014, (
            "your code gave up before the given clock had reached the deadline, by part of a millisecond"
        )
    for seconds in silence.longer(5.5, 31.0):
        clock = silence.clock(-seconds)
        assert kata.wait_readable([sock], 0.001, clock) == [], "nothing had come, and your code returned a socket"
        assert clock() >= 0.001, f"your code gave up before the given clock had reached the deadline, {seconds} s away"


@hints(
    "The time that is left is 0. What does 0 tell select(), and what does None tell it?",
    "0 is a look without a wait, None is a wait without a limit. 0 is false in Python, as None is.",
    "Compare with `is None`; do not write `timeout or None`.",
)
def test_at_the_deadline_it_looks_once(kata, unix_pair, background, tape):
    sock, _ = unix_pair
    # No time is left, to the last digit.
    found = at_once(background, tape, kata.wait_readable, [sock], 50.0, lambda: 50.0)
    assert found == [], "nothing was readable at the deadline, and your code returned a socket"


@hints(
    "How long is it until a moment that has passed?",
    "deadline - clock() is negative then. What do select() and poll() make of a negative limit?",
    "max(0, deadline - clock())",
)
def test_a_deadline_that_has_passed_is_no_error(kata, unix_pair, background, tape):
    sock, _ = unix_pair
    found = at_once(background, tape, kata.wait_readable, [sock], 50.0, lambda: 53.5)
    assert found == [], "the deadline had passed and nothing was readable, and your code returned a socket"


@hints(
    "Is a deadline of 0.0 the same as no deadline?",
    "0.0 is false in Python. How do you ask whether there is a deadline at all?",
    "if deadline is None: ...",
)
def test_a_deadline_of_zero_is_a_deadline(kata, unix_pair, background, tape):
    sock, _ = unix_pair
    found = at_once(background, tape, kata.wait_readable, [sock], 0.0, lambda: 3.5)
    assert found == [], "the deadline had passed and nothing was readable, and your code returned a socket"


@hints(
    "The deadline has passed, and the input is there. What would the caller like to hear?",
    "Look in any case: a limit of 0 makes select() look once.",
)
def test_what_is_there_counts_even_after_the_deadline(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    peer.send(b"here already")
    found = at_once(background, tape, kata.wait_readable, [sock], 50.0, lambda: 53.5)
    assert found == [sock], "the input had arrived before your code looked, and your code did not return the socket"


@hints(
    "No deadline: how long may the wait take?",
    "select() waits without a limit when its timeout is None. Infinity is a number that it refuses.",
)
def test_without_a_deadline_it_waits_until_something_comes(kata, unix_pair, background):
    sock, peer = unix_pair
    waiting = background(kata.wait_readable, [sock], None, lambda: 50.0)
    # Nothing has come and nothing limits the wait: the thread must be asleep.
    waiting.asleep()
    peer.send(b"at last")
    assert waiting.result() == [sock], "a socket became readable, and your code did not return it"


@hints(
    "Who wakes the thread when something comes before the deadline: your code, or the kernel?",
    "Sleep in select() itself, for all of the time that is left. No time.sleep(), no loop that looks.",
)
def test_input_before_the_deadline_ends_the_wait(kata, three, background):
    socks, peers = three
    waiting = background(kata.wait_readable, socks, 1030.0, clock_from(1000.0))
    waiting.asleep()
    # Half a minute is left. The second of the three gets something now.
    peers[1].send(b"early")
    assert waiting.result() == [socks[1]], (
        "your code did not return the socket that became readable before the deadline"
    )


@hints(
    "You were asked which sockets are readable. Did you read?",
    "select() looks and takes nothing, and it does not care about a socket's mode: leave both alone.",
)
def test_the_sockets_are_left_as_they_were(kata, unix_pair):
    sock, peer = unix_pair
    peer.send(b"for the caller")
    for mode in (None, 7, 0):
        sock.settimeout(mode)
        kata.wait_readable([sock], 50.0, lambda: 50.0)
        assert sock.gettimeout() == mode, "your code left the caller's socket in another mode or with another timeout"
    assert unread(sock) == len(b"for the caller"), "your code read the caller's input"
