"""3.8: a handler that returns does not end select; a descriptor that the wait watches does."""

import os
import re
import signal
import sys
import threading
from pathlib import Path

import pytest

from dojo.suite import Finding, asleep_in, hints, raises_errno, reset, sleeps, unread, wait_reset, wait_until

ASKED, OTHER = signal.SIGUSR1, signal.SIGUSR2
MANY = 70_000  # signals, a byte each: a pipe holds 65,536 (pipe(7)), a socketpair some hundreds
SLEEPS_ON = "the signal came, and your code slept on: a handler that returns does not end a wait (PEP 475)"


def send(*signals):
    """Send signals to the main thread; of two, both before it gets to handle the first."""
    interval = sys.getswitchinterval()
    if len(signals) > 1:
        sys.setswitchinterval(0.1)  # seconds that this thread may keep the interpreter lock
    for number in signals:
        signal.pthread_kill(threading.main_thread().ident, number)
    sys.setswitchinterval(interval)


def on_its_way():
    """Whether a signal is pending for the main thread (proc(5), SigPnd and ShdPnd)."""
    if sys.platform != "linux":
        return False
    found = re.findall(r"^S..Pnd:\s*(\w+)$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return any(int(pending, 16) for pending in found)


def rests(tape):
    """Whether the code sleeps in a wait, and every signal so far has been taken."""
    under_way = [call for call in tape.calls() if call.ended is None and call.name != "selector.select"]
    if on_its_way() or not any(asleep_in(call) for call in under_way):
        return False
    for call in under_way:
        if call.name == "sleep":
            wanted, got = "it sleeps in a call that a socket ends", f"it sleeps in {call.text} at line {call.line}"
            raise Finding("time.sleep() cannot be woken by a socket: wait in the call itself", wanted, got)
    return True


@pytest.fixture
def wait(kata, unix_pair, background, tape):
    """`wait(signum, *steps)`: what the kata answers. Each step is made when the main thread has fallen asleep."""
    sock, peer = unix_pair

    def ask(signum, *steps, words=SLEEPS_ON):
        answers = []

        def story():
            try:
                for step in steps:
                    wait_until(lambda: answers or rests(tape), "your code to fall asleep")
                    if answers:
                        return
                    step()
                asleep = (lambda: rests(tape) and sleeps(os.getpid())) if sys.platform == "linux" else bool
                wait_until(lambda: answers or asleep(), "the wait to end")
                if not answers:
                    raise Finding(words, "the wait should end", "it went on, and only the peer can end it")
            except Finding:
                peer.close()  # this ends the wait
                raise

        telling = background(story, may_raise=True)
        answers.append(kata.wait_readable_or_signal(sock, signum))
        telling.result()
        return answers[0]

    return ask


@pytest.fixture
def handle():
    """`handle(signum)` installs a handler, as a program would have its own; returns it, and a list of what it got."""
    former = {}

    def install(signum):
        seen = []

        def own_handler(number, frame):
            seen.append(number)

        former[signum] = signal.signal(signum, own_handler)
        return own_handler, seen

    yield install
    for signum, handler in former.items():
        signal.signal(signum, handler)


@pytest.fixture
def at_once(monkeypatch, handle):
    """From now on the signal comes as soon as another handler for it stands; the list tells whether it has come."""
    own, _ = handle(ASKED)
    install, came = signal.signal, []

    def stand_in(signum, handler):
        former = install(signum, handler)
        if signum == ASKED and callable(handler) and handler is not own and not came:
            came.append(signum)
            signal.raise_signal(signum)
        return former

    monkeypatch.setattr(signal, "signal", stand_in)
    return came


@hints(
    "Leave the signal aside for the moment. Which call waits for a socket?",
    "select.select([sock], [], []) returns when sock is readable, at once if it is already.",
)
def test_what_can_be_read_already_ends_the_wait_at_once(kata, unix_pair):
    sock, peer = unix_pair
    peer.send(b"hello")
    assert kata.wait_readable_or_signal(sock, ASKED) == "readable", (
        'five bytes were there and no signal had come, and your code did not return "readable"'
    )


@hints(
    "Nothing is there yet. Who wakes the thread when the bytes come?",
    "Watch sock in the wait, in the list of what should become readable.",
)
def test_data_ends_the_wait(wait, unix_pair):
    _, peer = unix_pair
    assert wait(ASKED, lambda: peer.send(b"hello")) == "readable", (
        'bytes came and no signal, and your code did not return "readable"'
    )


@hints(
    "Your handler has run, and returned. What does Python do with the select() that was interrupted?",
    "It calls it again (PEP 475). A descriptor that becomes readable ends it: let the signal write to one.",
    "signal.set_wakeup_fd() with the non-blocking end of a socketpair, and the other end in the list of select().",
)
def test_the_signal_ends_the_wait(wait):
    # Nothing can be read, and the thread sleeps. Then the signal comes, and nothing else.
    assert wait(ASKED, lambda: send(ASKED)) == "signal", (
        'the signal came and nothing could be read, and your code did not return "signal"'
    )


@hints(
    "Your wait has ended because a signal came. Which one was it?",
    "The bytes on the wake-up descriptor are the numbers of the signals.",
    "Read the bytes. Unless signum is among them, wait again.",
)
def test_another_signal_is_no_answer(wait, unix_pair, handle):
    _, peer = unix_pair
    _, seen = handle(OTHER)
    # The program has a handler for another signal. That one comes first, and some bytes after it.
    answer = wait(ASKED, lambda: send(OTHER), lambda: peer.send(b"hello"))
    assert seen == [OTHER], "another signal came, and the program's own handler was not called"
    assert answer == "readable", "another signal came, and your code took it for an answer: the wait must go on"


@hints(
    "Two signals have come before you look. How many bytes are there?",
    "Read all of them, and look for signum among them, not at the first one alone.",
)
def test_the_signal_is_seen_behind_another(wait, handle):
    handle(OTHER)
    # Both come before the thread gets to run.
    words = "two signals came, and your code slept on: it overlooked the second one, which was asked for"
    assert wait(ASKED, lambda: send(OTHER, ASKED), words=words) == "signal", (
        'the signal came behind another one, and your code did not return "signal"'
    )


@pytest.fixture
def crowd(monkeypatch):
    """The program's handler for the other signal: at the first one, MANY more of it come, and the one asked for."""
    # To warn of a full buffer (signal.set_wakeup_fd) is right, too, and takes long.
    monkeypatch.setattr(sys, "unraisablehook", lambda warning: None)
    seen = []

    def handler(number, frame):
        seen.append(number)
        if len(seen) == 1:
            for _ in range(MANY):
                signal.raise_signal(OTHER)
            signal.raise_signal(ASKED)

    former = signal.signal(OTHER, handler)
    yield seen
    signal.signal(OTHER, former)


@hints(
    "The signal comes when your handler stands, and before you sleep. What tells select() that it has come?",
    "If its byte is in a descriptor by then, select() returns at once. So the descriptor has to be there first.",
    "signal.set_wakeup_fd() before signal.signal(). And if your handler raises: install it inside of the try.",
)
def test_a_signal_just_before_the_wait_is_not_lost(at_once, wait):
    def when_it_sleeps():
        if at_once:
            got = "it was handled, and the code fell asleep after it"
            raise Finding("your code lost a signal that came after the handler was installed", "it counts", got)
        send(ASKED)

    try:
        answer = wait(ASKED, when_it_sleeps)
    except Exception as error:
        if not at_once or isinstance(error, (Finding, NotImplementedError)):
            raise
        words = (
            "the signal came as soon as its handler was installed, and what the handler raised propagated from the call"
        )
        raise Finding(words, "'signal' is returned", f"{type(error).__name__} is raised") from error
    assert answer == "signal", 'the signal came and nothing could be read, and your code did not return "signal"'


@hints(
    "What does a socket at its end look like to select()? And one that was reset?",
    "Both are readable: recv() would not wait. Ask for readability alone, not for a number of bytes.",
)
def test_the_end_and_a_reset_are_readable(kata, unix_pair, pair):
    sock, peer = unix_pair
    peer.close()
    assert kata.wait_readable_or_signal(sock, ASKED) == "readable", (
        'the peer had ended, and your code did not return "readable": recv() would return at once'
    )
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    assert kata.wait_readable_or_signal(sock, ASKED) == "readable", (
        'a reset had come, and your code did not return "readable": recv() would raise at once'
    )


@hints(
    "What is left of the first call when the second one begins?",
    "A flag, a byte, a number of a signal: make them anew in each call.",
)
def test_each_call_answers_for_itself(wait, unix_pair, handle):
    sock, peer = unix_pair
    for asked in (ASKED, OTHER, ASKED):
        answer = wait(asked, lambda number=asked: send(number))
        assert answer == "signal", "the signal came that this call asked for, and your code gave another answer"
        answer = wait(asked, lambda: peer.send(b"x"))
        assert answer == "readable", "a byte came, and your code answered with the signal of an earlier call"
        sock.recv(1)


@hints(
    "Somebody reads from sock afterwards. What must they find?",
    "Only look: no recv() on sock, and no change of its mode. select() does not care for the mode.",
)
def test_the_socket_is_only_looked_at(wait, unix_pair):
    sock, peer = unix_pair
    for mode in (None, 30.0, 0.0):
        sock.settimeout(mode)
        assert wait(ASKED, lambda: peer.send(b"hello")) == "readable", (
            'bytes had come, and your code did not return "readable" for a socket in this mode'
        )
        assert unread(sock) == 5, "your code read bytes that are the next reader's"
        assert sock.gettimeout() == mode, "your code left the caller's socket in another mode"
        sock.recv(5)


@hints(
    "The program had a handler of its own for this signal. Which one is there after your call?",
    "signal.signal() returns the handler that it replaces. Put that one back, in a finally clause.",
)
def test_the_callers_handler_is_back(wait, unix_pair, handle):
    _, peer = unix_pair
    own, _ = handle(ASKED)
    answers = [wait(ASKED, lambda: send(ASKED))]
    assert signal.getsignal(ASKED) is own, (
        "the signal ended the wait, and your code did not put the program's own handler back"
    )
    answers.append(wait(ASKED, lambda: peer.send(b"x")))
    assert signal.getsignal(ASKED) is own, (
        "bytes ended the wait, and your code did not put the program's own handler back"
    )
    assert answers == ["signal", "readable"], (
        "the signal came first, bytes in the second call, and your code gave other answers"
    )


@pytest.fixture
def wakeup(keep):
    """The number of a wake-up descriptor that the program has set, as an event loop does."""
    _, mine = keep(os.pipe())
    os.set_blocking(mine, False)
    signal.set_wakeup_fd(mine, warn_on_full_buffer=False)
    yield mine
    signal.set_wakeup_fd(-1)


@hints(
    "A process has one wake-up descriptor. Who may have set one before you?",
    "signal.set_wakeup_fd() returns the one that it replaces. Put that one back, in a finally clause.",
)
def test_the_callers_wakeup_descriptor_is_back(wait, unix_pair, wakeup):
    _, peer = unix_pair
    for step in (lambda: send(ASKED), lambda: peer.send(b"x")):
        wait(ASKED, step)
        found = signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        assert found == wakeup, "an event loop had set a wake-up descriptor, and your code did not put it back"


@hints(
    "The wait raises. Which of your changes are undone then?",
    "Everything that puts something back belongs into a finally clause or a with block.",
)
def test_after_an_error_everything_is_back_too(kata, unix_pair, handle, wakeup):
    sock, _ = unix_pair
    own, _ = handle(ASKED)
    sock.close()
    with raises_errno(
        "EBADF", "ValueError", words="the socket was closed, and your code did not let the error propagate"
    ):
        kata.wait_readable_or_signal(sock, ASKED)
    assert signal.getsignal(ASKED) is own, (
        "an error ended the wait, and your code did not put the program's own handler back"
    )
    found = signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
    assert found == wakeup, "an error ended the wait, and your code did not put the wake-up descriptor back"


@hints(
    "Each signal writes one byte. How many bytes fit, and what becomes of the next one?",
    "A full buffer drops the byte, and it may be the one that you look for. The byte can only wake you.",
    "Let a handler of your own set a flag, and look at the flag each time that a byte has woken you.",
)
def test_the_signal_is_seen_behind_any_number_of_others(wait, crowd):
    words = f"the signal came behind {MANY:,} others, and your code slept on: its byte found no room"
    assert wait(ASKED, lambda: send(OTHER), words=words) == "signal", (
        "the signal came behind many others, and your code gave another answer"
    )
    assert len(crowd) == MANY + 1, "your code did not let each of the other signals be handled as usual"
