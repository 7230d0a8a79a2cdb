"""3.6: select refuses descriptors from 1024 on; poll takes all, and has its own units and events."""

import bisect
import fcntl
import os
import select
from itertools import chain

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    hints,
    kernel_says,
    on_stub,
    raises_errno,
    reset,
    room_for_descriptors,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
)


@pytest.fixture
def at(keep):
    """`at(number, sock)` duplicates a descriptor to this number, or the next one that is free."""
    room_for_descriptors(3000)
    return lambda number, sock: keep(fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, number))


def refused(number):
    """Whether select() refuses a number unseen. One that is merely not open is the kernel's EBADF."""
    try:
        select.select([number], [], [], 0)
    except ValueError:
        return True
    except OSError:
        return False
    return False


@on_stub("nothing is written here yet")
@hints(
    "An fd_set is a field of bits, one for each number from 0 on. How many bits does the C library give it?",
    "FD_SETSIZE is 1024 (select(2), BUGS). Which is then the highest number, and which the first that is too high?",
)
def test_the_first_number_that_select_refuses_was_predicted(kata):
    predicted = kata.FIRST_REFUSED
    if predicted is None:
        raise Finding("predict first: FIRST_REFUSED", "a number", "nothing is written here yet")
    found = bisect.bisect_left(range(100_000), True, key=refused)
    kernel_says("FIRST_REFUSED", predicted, found)
    words = "FIRST_REFUSED is your prediction; the first number that select() refuses is another one"
    if predicted != found:
        raise Finding(words, f"FIRST_REFUSED = {found}, as select() does it", f"FIRST_REFUSED = {predicted!r}")


@on_stub("ValueError: filedescriptor out of range in select()")
@hints(
    "Which numbers does select() take, and is the limit itself one of them?",
    "poll() takes every number: with it you need not know the limit at all.",
    "One poll object, register(fd, select.POLLIN) for each.",
)
def test_a_descriptor_of_any_number_is_watched(kata, pair, at):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    # One connection under four numbers: an everyday one, two at the limit of select(), one beyond it.
    for fd in (sock.fileno(), at(1023, sock), at(1024, sock), at(1500, sock)):
        assert kata.wait_readable_fds([fd], 0) == [fd], "data had come, and your code did not return the descriptor"


@on_stub(GREEN)
@hints(
    "One wait answers for several descriptors. What do you do with the second that is ready?",
    "Return every one that is reported, low or high, and nothing that is not.",
)
def test_all_that_are_readable_are_returned(kata, unix_pair, pair, at):
    sock, peer = unix_pair
    idle, _ = pair
    peer.sendall(b"hello")
    low, high = sock.fileno(), at(1500, sock)
    got = kata.wait_readable_fds([idle.fileno(), high, at(1501, idle), low], 0)
    assert sorted(got) == [low, high], "two of the four were readable, and your code did not return those two"
    assert unread(sock) == 5, "your code read the bytes: to wait is not to read"


@on_stub(GREEN)
@hints(
    "How many events does one call hand out at most?",
    "epoll.poll() stops at 1023 events unless maxevents says more; poll() hands out all.",
)
def test_more_than_a_thousand_at_once(kata, unix_pair, at):
    sock, peer = unix_pair
    peer.sendall(b"hello")
    fds = [at(1100, sock) for _ in range(1100)]
    got = kata.wait_readable_fds(fds, 0)
    assert len(got) == 1100, "1,100 descriptors were readable at once, and your code did not return each of them once"
    assert sorted(got) == fds, "your code returned other things than the numbers that were given"


@on_stub("one descriptor was ready from the start, and your code waited for the idle ones")
@hints(
    "Two waits, one after the other: what happens while you are in the first?",
    "Nobody looks at the other half. Watch all of them in a single call.",
)
def test_one_that_is_ready_ends_the_wait_for_all(kata, unix_pair, pair, at, tape):
    sock, peer = unix_pair
    idle, _ = pair
    peer.sendall(b"hello")
    for ready, silent in ((at(1500, sock), idle.fileno()), (sock.fileno(), at(1500, idle))):
        assert kata.wait_readable_fds([silent, ready], 0.5) == [ready], (
            "one of the two was readable, the other idle, and your code did not return the one"
        )
        waited = [call.text for call in tape.waits()]
        assert waited == [], "one descriptor was ready from the start, and your code waited for the idle ones"


@on_stub("your code gave up before the timeout was over")
@hints(
    "0.1 seconds are given. In which unit does your call take its timeout?",
    "select() and epoll.poll() take seconds, poll() on a poll object takes milliseconds.",
    "poller.poll(timeout * 1000)",
)
def test_it_waits_for_the_whole_timeout(silence, kata, pair, at):
    sock, _ = pair
    fd = at(1500, sock)
    for seconds in chain([0.1], silence.longer(31.0)):
        clock = silence.clock()
        assert kata.wait_readable_fds([fd], seconds) == [], (
            "nothing had come, and your code did not return an empty list"
        )
        assert clock() >= seconds, f"your code gave up before the timeout was over: {seconds} s"


@on_stub(GREEN)
@hints(
    "What is int(0.9)? And what does a wait of 0 do?",
    "0 means: look once. Round milliseconds up, or hand the fraction on: Python rounds it up.",
)
def test_less_than_a_millisecond_is_still_a_wait(kata, pair, at, tape):
    sock, _ = pair
    fd = at(1500, sock)
    for _ in range(100):
        # Who works with a deadline may find it over already, on a busy machine; but not each time.
        kata.wait_readable_fds([fd], 0.0009)
        if tape.waits():
            break
    did = "waited" if tape.waits() else "only looked"
    assert did == "waited", "your code rounded a timeout down to 0: a loop that calls it is a busy loop"


@on_stub(GREEN)
@hints(
    "0 is false in Python. Is it also no timeout?",
    "None, or a negative number, makes poll() wait for ever; 0 makes it look once. Hand 0 on as 0.",
)
def test_zero_looks_once(kata, pair, at, tape):
    sock, _ = pair
    got = kata.wait_readable_fds([at(1500, sock)], 0)
    assert got == [], "nothing had come, and your code did not return an empty list"
    waited = [call.text for call in tape.waits()]
    assert waited == [], "the timeout was 0, and your code waited"


@on_stub(GREEN)
@hints(
    "Who wakes the thread when data comes: your code, or the kernel?",
    "Give the whole timeout to one call. What comes meanwhile ends it.",
)
def test_data_ends_the_wait(kata, unix_pair, at, background):
    sock, peer = unix_pair
    fd = at(1500, sock)
    waiting = background(kata.wait_readable_fds, [fd], 3600)
    # Nothing has come yet, and there is an hour to go.
    waiting.asleep()
    peer.sendall(b"hello")
    assert waiting.result() == [fd], "data came meanwhile, and your code did not return the descriptor"


@on_stub("the pipe was closed, and your code did not return its number")
@hints(
    "When would a read not wait? Data is one case. Which are the others?",
    "The end and errors. poll() reports them as POLLHUP and POLLERR, with or without POLLIN.",
    "You asked for nothing but reading: take every event that comes back, not those with POLLIN alone.",
)
def test_the_end_and_an_error_are_readable(kata, pair, listener, connect, at, keep):
    outlet, inlet = os.pipe()
    os.close(inlet)
    pipe = at(1500, keep(outlet))
    assert kata.wait_readable_fds([pipe], 0) == [pipe], "the pipe was closed, and your code did not return its number"
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    ended = at(1500, sock)
    assert kata.wait_readable_fds([ended], 0) == [ended], "the peer had ended, and your code did not return the socket"
    client = connect(listener)
    reset(keep(listener.accept()[0]))
    wait_reset(client)
    broken = at(1500, client)
    assert kata.wait_readable_fds([broken], 0) == [broken], "the peer had reset: your code did not return the socket"


@on_stub("no descriptors were given, and your code did not wait for the timeout")
@hints(
    "The caller has no connection yet, and wants to do something else in 0.1 seconds. What does an empty list do?",
    "A wait for nothing ends with its timeout, in select(), in poll() and in a selector alike.",
)
def test_nothing_to_watch_is_a_wait_for_the_timeout(silence, kata):
    for seconds in chain([0.1], silence.longer(31.0)):
        clock = silence.clock()
        assert kata.wait_readable_fds([], seconds) == [], (
            "no descriptors were given, and your code did not return an empty list"
        )
        assert clock() >= seconds, f"no descriptors were given, and your code did not wait for the timeout: {seconds} s"


@on_stub("no descriptor was open under this number, and your code raised no EBADF")
@hints(
    "select() raises EBADF for a number that is not open. What does poll() do?",
    "It returns at once, with the event POLLNVAL for that number. Raising is up to you.",
    "raise OSError(errno.EBADF, os.strerror(errno.EBADF)) if event & select.POLLNVAL.",
)
def test_a_number_that_nobody_has_is_an_error(kata, pair, at):
    sock, _ = pair
    idle = at(1500, sock)
    gone = fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, 1600)
    os.close(gone)
    with raises_errno("EBADF", words="no descriptor was open under this number, and your code raised no EBADF"):
        kata.wait_readable_fds([idle, gone], 0.5)
