"""1.9: a wait with a limit tells silence from the end, and leaves no trace on the socket."""

import contextlib
import socket

import pytest

from dojo.suite import (
    GREEN,
    break_off,
    changed_settings,
    hints,
    interrupted,
    on_stub,
    over,
    raises_errno,
    requirement,
    reset,
    shared_settings,
    unread,
    wait_delivered,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)

TAKEN = "recv() failed with {}, and your code took it for silence or for the end"


def outcome(kata, sock):
    """What recv_within() returns, or the name of the error that it raises."""
    try:
        return kata.recv_within(sock, 100, 30)
    except ConnectionError as error:
        return type(error).__name__


@requirement(2)
@hints(
    "Bytes are there already. Is there anything to wait for?",
    "recv(n) returns what is there, n bytes at most, and does not wait for more.",
)
@on_stub(GREEN)
def test_bytes_that_are_there_are_returned_at_once(kata, pair):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    got = kata.recv_within(sock, 3, 30)
    assert (got, unread(sock)) == (b"hel", 2), "three of five bytes should be taken, and two left for the next call"
    # Two bytes are left, and no more will come: they are an answer all the same.
    got = kata.recv_within(sock, 100, 30)
    assert (got, type(got)) == (b"lo", bytes), "two bytes were there, and your code did not return them as bytes"


@requirement(2, 6)
@hints(
    "Five bytes came before the reset. Are they lost?",
    "No: recv() returns them first, and raises afterwards. Ask for no error before you have read.",
)
@on_stub("recv() failed with ECONNRESET")
def test_bytes_that_came_before_an_error_are_returned_first(kata, pair):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    reset(peer)
    wait_reset(sock)
    assert outcome(kata, sock) == b"hello", "five bytes came before a reset, and your code did not return them"
    with raises_errno("ECONNRESET", words=TAKEN.format("ECONNRESET")):
        kata.recv_within(sock, 100, 30)


@requirement(1, 2)
@hints(
    "Who should wake the thread when bytes arrive: your code, or the kernel?",
    "Wait in the call itself: settimeout() and recv(), or select() with a limit.",
)
@on_stub(GREEN)
def test_it_sleeps_in_the_kernel_and_bytes_wake_it(kata, pair, background, tape):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30)
    # Nothing has come yet. The thread must be asleep, in a call that bytes end.
    reading.asleep()
    peer.sendall(b"at last")
    assert reading.result() == b"at last", "seven bytes came, and your code did not return them"
    naps = tape.count("sleep")
    assert naps == 0, "your code slept in time.sleep(), and bytes cannot end that"


@requirement(3)
@hints(
    "The end of the stream and silence: which of the two is b''?",
    "b'' from recv() means that the peer has ended the stream. Silence needs another value: None.",
    "except TimeoutError: return None",
)
@on_stub('b"" means the end, and silence is None')
def test_silence_is_none(kata, pair):
    sock, _ = pair
    assert kata.recv_within(sock, 100, 0.02) is None, (
        'nothing came, and your code reported something else: b"" means the end, and silence is None'
    )


@requirement(4)
@hints(
    "The end arrives while you wait. Does recv() wait on?",
    "recv() returns b'' for the end, at once. Return it as it is.",
)
@hints(
    "The end is there, and you only look. Is b'' the same as nothing?",
    "b'' is false, as None is. Tell them apart by `is None`, or by the exception.",
    when="took the end for silence",
)
@on_stub(GREEN)
def test_the_end_is_empty_bytes_and_ends_the_wait(kata, pair, background):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.close()
    assert reading.result() == b"", "the peer ended the stream, and your code reported something else"
    # Now both directions have ended: poll() calls that a hangup, and it is no error.
    sock.shutdown(socket.SHUT_WR)
    assert outcome(kata, sock) == b"", "both sides had ended the stream, and your code reported something else"
    assert kata.recv_within(sock, 100, 0) == b"", "your code was given 0 seconds, and took the end for silence"


@requirement(1)
@hints(
    "Seconds, milliseconds: which does your call take?",
    "settimeout() and select() take seconds, poll() takes milliseconds.",
)
@hints(
    "The socket came with a timeout of its own. For how long does your code wait?",
    "For `seconds`, whether the socket's timeout is shorter or longer.",
    when="timeout]",
)
@on_stub(GREEN)
@pytest.mark.parametrize("timeout", [None, 0.01, 1000], ids=["blocking", "a short timeout", "a long timeout"])
def test_silence_is_awaited_for_the_whole_time(silence, kata, pair, timeout):
    sock, _ = pair
    sock.settimeout(timeout)
    clock = silence.clock()
    kata.recv_within(sock, 100, 0.03)
    waited = clock()
    assert waited >= 0.03, "your code gave up before the time was over"
    for seconds in silence.longer(5.5, 31.0, 0.2):
        clock, before = silence.clock(), silence.passed
        kata.recv_within(sock, 100, seconds)
        waited = clock()
        assert waited >= seconds, f"your code gave up before the time was over: {seconds} s"
        asked = round((silence.passed - before) / 1e9, 2)  # whatever else the machine had to do
        assert asked <= seconds, f"your code waited for longer than `seconds`: {seconds} s"


@requirement(6)
@hints(
    "Which exceptions does your except clause catch? Is each of them silence?",
    "ConnectionResetError is an OSError, as TimeoutError is. Catch only what means: nothing yet.",
)
@on_stub("your code took it for silence or for the end")
@pytest.mark.parametrize("seconds", [30, 0])
def test_a_reset_propagates(kata, pair, seconds):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words=TAKEN.format("ECONNRESET")):
        kata.recv_within(sock, 100, seconds)


@requirement(3, 5)
@hints(
    "settimeout(0) is non-blocking mode. How does recv() say there that nothing has come?",
    "It raises BlockingIOError, not TimeoutError. Both mean: nothing yet.",
    "except (TimeoutError, BlockingIOError): return None",
)
@hints(
    "How long does your code wait when `seconds` is 0?",
    "0 is false, as None is, but it is a number: a limit like any other.",
    when="your code waited",
)
@on_stub("your code was given 0 seconds, nothing was there")
def test_zero_seconds_look_once(kata, pair, tape):
    sock, peer = pair
    assert kata.recv_within(sock, 100, 0) is None, (
        "your code was given 0 seconds, nothing was there, and it reported something else"
    )
    assert [call.text for call in tape.waits()] == [], "your code waited, and was given 0 seconds"
    peer.sendall(b"now")
    wait_unread(sock, 3)
    assert kata.recv_within(sock, 100, 0) == b"now", "three bytes were there, and your code did not return them"


def let_happen(outcome, sock, peer):
    """Let the next read end in this way."""
    if outcome == "bytes":
        peer.sendall(b"hello")
        wait_unread(sock, 5)
    elif outcome == "the end":
        peer.close()
        wait_fin(sock)
    elif outcome == "a reset":
        reset(peer)
        wait_reset(sock)


@requirement(7)
@hints(
    "Which mode did the caller's socket come in, and which one does it have now?",
    "setblocking(True) is settimeout(None): it forgets whatever timeout there was.",
    "before = sock.gettimeout() at the start, sock.settimeout(before) at the end.",
)
@hints(
    "Which lines of yours run after an exception, and which do not?",
    "What must happen after an exception too belongs into a finally clause.",
    when="after silence your code",
)
@hints(
    "An error leaves your function too. On which line?",
    "What must happen after an exception too belongs into a finally clause.",
    when="after a reset your code",
)
@pytest.mark.parametrize("outcome", ["bytes", "silence", "the end", "a reset"])
@on_stub("your code left the socket with another timeout")
def test_the_socket_keeps_its_mode_and_timeout(kata, pair, outcome):
    sock, peer = pair
    let_happen(outcome, sock, peer)
    for timeout in (7, None, 0):
        sock.settimeout(timeout)
        before = shared_settings(sock)
        with contextlib.suppress(ConnectionError):
            kata.recv_within(sock, 1, 0.01)
        assert sock.gettimeout() == timeout, f"after {outcome} your code left the socket with another timeout"
        changed = changed_settings(sock, before)
        assert changed == [], f"after {outcome} your code left the socket with another mode or option in the kernel"


@requirement(1)
@hints(
    "The caller's socket is non-blocking. Does your code wait all the same?",
    "`seconds` says how long to wait, whatever mode the socket comes in.",
)
@on_stub(GREEN)
def test_a_non_blocking_socket_waits_too(kata, pair, background):
    sock, peer = pair
    sock.setblocking(False)
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.sendall(b"at last")
    assert reading.result() == b"at last", "your code was given 30 seconds, bytes came, and it did not return them"


@requirement(3)
@hints(
    "Your call has returned. What does the thread that you started do now?",
    "It still waits for bytes, and nobody can end its read. Let the call itself have the limit: settimeout().",
)
@on_stub(GREEN)
def test_bytes_between_two_calls_are_for_the_next_call(kata, pair, resting):
    sock, peer = pair
    kata.recv_within(sock, 100, 0.01)
    # Nothing came, and the call is over: what comes now stays in the kernel.
    peer.sendall(b"early")
    wait_delivered(peer)
    wait_until(resting(), "what your code left behind to rest")
    assert unread(sock) == 5, "your code had returned, and a thread that it left behind took the next bytes"
    assert kata.recv_within(sock, 100, 30) == b"early", "bytes came between two calls, and the next did not return them"


@requirement(3)
@hints(
    "Does a timeout do anything to the connection?",
    "No: nothing was read and nothing is lost. Neither close it nor shut it down.",
)
@on_stub(GREEN)
def test_the_connection_is_usable_after_silence(kata, pair, background):
    sock, peer = pair
    kata.recv_within(sock, 100, 0.01)
    # Nothing came. The next call waits as the first one did, and now something comes.
    reading = background(kata.recv_within, sock, 100, 30)
    reading.asleep()
    peer.sendall(b"late")
    assert reading.result() == b"late", "bytes came after the time was over, and the next call did not return them"
    wait_delivered(sock)
    assert not over(peer), "nothing came for a while, and your code told the peer that the stream has ended"


@requirement(6)
@hints(
    "TimeoutError has two meanings. Who raises it, and what has become of the connection?",
    "Python's own timeout has no errno. The kernel's ETIMEDOUT has one, and the connection is gone.",
    "except TimeoutError as error: raise it again if error.errno is not None. Or wait in select() first.",
)
@hints(
    "The kernel says why the connection is broken. Which reasons does your except clause know?",
    "There are many, and each of them is an error. Catch only what means silence.",
    when="UNREACH",
)
@pytest.mark.parametrize("error", ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"])
@on_stub("your code took it for silence or for the end")
def test_an_error_that_ends_the_wait_propagates(kata, pair, background, error):
    sock, peer = pair
    reading = background(kata.recv_within, sock, 100, 30, may_raise=True)
    reading.asleep()
    # As if the peer had vanished, and the kernel had given up; or as a router says that there is no way to it.
    break_off(peer, error)
    with raises_errno(error, words=TAKEN.format(error)):
        reading.result()


@requirement(7)
@hints(
    "Ctrl-C raises KeyboardInterrupt in the middle of your wait, and that is no OSError. What becomes of the timeout?",
    "A finally clause runs after every exception; an except clause for OSError does not.",
)
@on_stub("another timeout")
def test_an_exception_of_any_kind_leaves_mode_and_timeout_as_they_were(kata, pair):
    sock, _ = pair
    sock.settimeout(7)
    before = shared_settings(sock)

    def ctrl_c():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), interrupted(ctrl_c):
        kata.recv_within(sock, 1, 30)
    assert sock.gettimeout() == 7, "after Ctrl-C your code left the socket with another timeout"
    changed = changed_settings(sock, before)
    assert changed == [], "after Ctrl-C your code left the socket with another mode or option in the kernel"
