"""1.6: a reset makes recv raise once; an orderly end makes it return empty bytes."""

import contextlib
import os
import socket

import pytest

from dojo.suite import (
    before_each_read,
    break_off,
    each_call_may_fail,
    hints,
    interrupted,
    limits,
    linux_only,
    mode_of,
    numbered,
    raises_errno,
    requirement,
    reset,
    take_number,
    unread,
    wait_delivered,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)


@requirement(1)
@hints(
    "How does recv() tell that the peer has closed in good order?",
    "It returns b''. Collect what came before, and return it with 'eof'.",
)
def test_a_fin_is_an_eof(kata, pair):
    sock, peer = pair
    peer.sendall(b"goodbye")
    peer.close()
    wait_fin(sock)
    data, how = kata.read_to_end(sock)
    assert (data, how) == (b"goodbye", "eof"), "the peer ended in good order, and your code returned something else"
    assert type(data).__name__ == "bytes", "your code returned another type than bytes"


@requirement(1)
@hints(
    "The end is there already, and a lot of bytes in front of it. How many reads do these take?",
    "As many as it takes until one returns b'', also when the peer has gone long ago.",
)
@pytest.mark.parametrize("ended", ["the peer", "both sides"])
def test_all_that_is_queued_comes_before_an_end_that_is_there(kata, unix_pair, ended):
    sock, peer = unix_pair
    data = numbered(150_000)
    peer.sendall(data)
    peer.shutdown(socket.SHUT_WR)
    if ended == "both sides":  # poll() calls that a hangup, whatever is still queued
        sock.shutdown(socket.SHUT_WR)
    assert kata.read_to_end(sock) == (data, "eof"), (
        "bytes were queued before the end, and your code did not return them all"
    )


@requirement(1, 3)
@hints(
    "The peer is silent for a while. Did anything end?",
    "An empty queue is no end: wait in recv(), without a limit, and do not look again and again.",
    "Leave the loop for b'' and for the exception of a reset, and for nothing else.",
)
@hints(
    "For how long may a peer be silent?",
    "For as long as it likes: wait in recv() without a timeout, or in a selector without one.",
    when="limited the wait",
)
def test_silence_is_neither(kata, pair, background, tape):
    sock, peer = pair
    reading = background(kata.read_to_end, sock)
    # Connected and silent: the kernel will tell what comes next.
    reading.asleep()
    for piece in (b"one ", b"two ", b"three"):
        peer.sendall(piece)
        wait_delivered(peer)
        # And then a pause: the next piece comes when the code has read this one and sleeps again.
        wait_until(lambda: reading.done or (not unread(sock) and reading.sleeps()), "a pause")
    assert limits(tape.calls()) == [], "the peer may be silent for as long as it likes, and your code limited the wait"
    peer.close()
    assert reading.result() == (b"one two three", "eof"), "the peer paused, and your code took that for the end"


@requirement(3)
@hints(
    "The socket has a timeout. Does it limit the wait for the first bytes, and the wait for the next ones?",
    "Either is right, if all waits are alike: leave the timeout alone, or lift it until the stream is over.",
)
def test_the_sockets_timeout_limits_each_wait_or_none(kata, unix_pair, background):
    sock, peer = unix_pair
    sock.settimeout(3600)
    waits = []
    before_each_read(lambda: waits.append("limited" if sock.gettimeout() else "not limited"))
    reading = background(kata.read_to_end, sock)
    for piece in (b"one ", b"two"):
        wait_until(lambda: reading.done or (not unread(sock) and reading.sleeps()), "your code to wait for bytes")
        peer.send(piece)
    peer.shutdown(socket.SHUT_WR)
    assert reading.result() == (b"one two", "eof"), "the socket had a timeout, and your code returned another stream"
    assert waits == waits[:1] * len(waits), "the socket's timeout limited some of the waits, and others not"


@requirement(2)
@hints(
    "A reset does not come as empty bytes. What does recv() do instead? Let it happen and read the report.",
    "Python has an exception class of its own for ECONNRESET.",
    "except ConnectionResetError: return what came so far, with 'reset'.",
)
def test_a_rst_is_a_reset(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    # The connection is gone. The kernel keeps the news for the next call that asks, and tells it once.
    assert kata.read_to_end(sock) == (b"", "reset"), "the peer reset the connection, and your code did not report that"


@requirement(2)
@hints(
    "Something was read before the reset came. Where is it when the exception is raised?",
    "Collect in a variable that the except clause can still see.",
)
def test_bytes_read_before_the_reset_are_returned(kata, pair, background):
    sock, peer = pair
    reading = background(kata.read_to_end, sock)
    # Two pieces are read, each by a call of its own. Then the peer resets.
    for piece in (b"half a ", b"sentence"):
        peer.sendall(piece)
        wait_delivered(peer)
        wait_until(lambda: reading.done or unread(sock) == 0, f"{piece} to be read")
    reset(peer)
    assert reading.result() == (b"half a sentence", "reset"), "your code lost what it had read before the reset"


@requirement(2)
@linux_only("a receive queue that outlives the reset")
@hints(
    "The reset has arrived, and bytes still lie in the queue. In which order does recv() hand them out?",
    "First the bytes, in as many reads as they take, then the exception. Do not ask for an error before.",
)
def test_bytes_still_queued_at_the_reset_are_returned(kata, pair):
    sock, peer = pair
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 19)
    data = numbered(100_000)
    peer.sendall(data)
    wait_unread(sock, len(data))
    reset(peer)
    wait_reset(sock)
    # Linux keeps the queue: the news of the reset stands behind the bytes.
    assert kata.read_to_end(sock) == (data, "reset"), (
        "bytes were queued in front of the reset, and your code lost them, or the reset"
    )


@requirement(1)
@linux_only("the rule that a reset after the peer's FIN does not reach recv()")
@hints(
    "The peer had ended its stream before the reset. Is anything missing from it?",
    "Believe recv(): it returns b'' here. Ask neither SO_ERROR nor poll() for another opinion.",
)
def test_a_reset_after_the_fin_takes_nothing_back(kata, pair):
    sock, peer = pair
    peer.sendall(b"all of it")
    peer.close()
    wait_fin(sock)
    # Nobody is there to read this: the peer's kernel answers with RST.
    sock.sendall(b"too late")
    wait_reset(sock)
    assert kata.read_to_end(sock) == (b"all of it", "eof"), (
        "a reset came after the end of the stream, and your code returned something else"
    )


@requirement(4)
@hints(
    "A socket that is closed here is a mistake in this program. Did the peer close it?",
    "Which exceptions does your except clause catch? Catch only the one that means: the peer has reset.",
)
def test_a_socket_that_is_closed_here_is_no_end_of_the_stream(kata, pair):
    sock, _ = pair
    sock.close()
    with raises_errno("EBADF", "ValueError", words="the socket was closed here, and your code blamed the peer"):
        kata.read_to_end(sock)


@requirement(4, 6)
@hints(
    "A socket that was never connected has no peer. What does recv() say to it?",
    "ENOTCONN is an OSError and no ConnectionResetError: let it propagate.",
)
@hints(
    "What did your code change on the socket, and who puts it back when an error propagates?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
    when="an error propagated",
)
def test_a_socket_without_a_peer_is_an_error(kata, keep):
    sock = keep(socket.socket())
    before = mode_of(sock)
    with raises_errno("ENOTCONN", words="nobody was ever connected, and your code reported an end or a reset"):
        kata.read_to_end(sock)
    assert sock.fileno() != -1, "an error propagated, and your code had closed the caller's socket"
    assert mode_of(sock) == before, "an error propagated, and your code left the socket in another mode"


@requirement(1)
@hints(
    "How many reads does a stream of a megabyte take?",
    "As many as it takes until recv() returns b'' or raises: no size at which to stop.",
)
def test_a_long_stream_comes_whole(kata, pair, background):
    sock, peer = pair
    data = bytes(range(256)) * 5000

    def talk():
        peer.sendall(data)
        peer.close()

    talking = background(talk)
    received, how = kata.read_to_end(sock)
    assert received == data, "your code returned another stream than the peer sent"
    assert how == "eof", "the peer ended in good order, and your code reported something else"
    talking.result()


@requirement(5)
@hints(
    "Two threads call your function at once, each for its own socket. Do they share anything?",
    "Not if each call collects in a local variable.",
)
def test_two_threads_do_not_mix_two_streams(kata, pair, unix_pair, background):
    (sock, peer), (other, its_peer) = pair, unix_pair
    first = background(kata.read_to_end, sock)
    peer.sendall(b"one")
    wait_delivered(peer)
    wait_until(lambda: first.done or (not unread(sock) and first.sleeps()), "the first thread to read")
    second = background(kata.read_to_end, other)
    its_peer.sendall(b"another")
    wait_until(lambda: second.done or (not unread(other) and second.sleeps()), "the second thread to read")
    peer.close()
    its_peer.close()
    came = [first.result(), second.result()]
    wanted = [(b"one", "eof"), (b"another", "eof")]
    assert came == wanted, "two threads read two sockets, and your code mixed their bytes"


@requirement(5)
@linux_only("an error of the network that the suite brings about")
@hints(
    "An error other than a reset has propagated. Whose are the bytes that came before it?",
    "Not the next socket's: keep nothing between two calls, and nothing by a descriptor's number.",
)
def test_what_came_before_an_error_is_not_the_next_sockets(kata, pair, keep):
    sock, peer = pair
    number = sock.fileno()
    peer.sendall(b"old")
    wait_unread(sock, 3)
    break_off(peer, "EHOSTUNREACH")
    with contextlib.suppress(OSError):
        kata.read_to_end(sock)
    sock.close()
    other, its_peer = take_number(keep, number)
    its_peer.sendall(b"new")
    its_peer.close()
    assert kata.read_to_end(other) == (b"new", "eof"), (
        "your code returned bytes of another connection, whose descriptor had this number"
    )


@requirement(5, 6)
@hints(
    "Ctrl-C is an exception too, and no OSError. Does the line that puts the mode back still run?",
    "Change nothing on the caller's socket; or put back in a finally clause what was there.",
    when="in another mode",
)
@hints(
    "Ctrl-C has ended the call. Where did your code keep what came before?",
    "In a place that outlives the call. Collect in a local variable.",
)
def test_ctrl_c_leaves_nothing_behind(kata, pair, unix_pair):
    sock, peer = pair
    peer.sendall(b"cut off")
    wait_unread(sock, 7)
    sock.settimeout(3600)
    before = mode_of(sock)

    def ctrl_c():
        raise KeyboardInterrupt

    words = "Ctrl-C was pressed, and the caller never found out"
    with raises_errno("KeyboardInterrupt", words=words), interrupted(ctrl_c):
        kata.read_to_end(sock)
    assert mode_of(sock) == before, "Ctrl-C was pressed, and your code left the socket in another mode"
    other, its_peer = unix_pair
    its_peer.sendall(b"new")
    its_peer.close()
    assert kata.read_to_end(other) == (b"new", "eof"), "your code returned bytes from before Ctrl-C again"


@requirement(6)
@hints(
    "What has the function changed on the caller's socket, and is it put back at the end and after a reset?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
)
@pytest.mark.parametrize(("end", "blocking"), [("eof", False), ("eof", True), ("reset", False)])
def test_the_socket_comes_back_as_it_was(kata, pair, end, blocking):
    sock, peer = pair
    sock.settimeout(30)
    # With a timeout O_NONBLOCK is set, unless somebody has cleared it: another program that has the descriptor too.
    os.set_blocking(sock.fileno(), blocking)
    before = mode_of(sock)
    if end == "eof":
        peer.close()
        wait_fin(sock)
    else:
        reset(peer)
        wait_reset(sock)
    kata.read_to_end(sock)
    assert sock.fileno() != -1, "your code closed the caller's socket"
    assert mode_of(sock) == before, "your code left the socket in another mode"


@requirement(2, 4)
@each_call_may_fail()
@hints(
    "A connection can break at any read, and in more ways than by a reset. Which of them is a reset?",
    "ConnectionResetError alone. Let every other OSError propagate, however many bytes came before it.",
)
@hints(
    "recv() raised ConnectionResetError at one of the reads. What did your code do with what came before it?",
    "Return it with 'reset', whichever read it was: collect in a variable that the except clause can still see.",
    when="failed with ECONNRESET",
)
def test_each_error_at_any_read_is_reported_as_what_it_is(kata, pair, trickle, failing):
    talk = trickle(b"half ", b"of ", b"it")
    outcome = failing.outcome(kata.read_to_end, pair[0])
    if failing.error == "ECONNRESET":
        assert outcome == (talk.sent, "reset"), (
            "the peer reset at one of the reads, and your code returned something else"
        )
    elif failing.error:
        failing.propagates(outcome, "an error other than a reset did not propagate")
    else:
        assert outcome == (b"half of it", "eof"), "the peer ended, and your code returned something else"
