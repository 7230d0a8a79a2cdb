"""1.5: after the peer's FIN recv returns what is queued, and then empty bytes."""

import os
import socket

import pytest

from dojo.suite import (
    GREEN,
    before_each_read,
    each_call_may_fail,
    hints,
    interrupted,
    limits,
    mode_of,
    numbered,
    on_stub,
    raises_errno,
    read_exactly,
    requirement,
    reset,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)


@requirement(1)
@on_stub(GREEN)
@hints(
    "What does recv() return when everything is read and the peer has closed? Try it.",
    "Read in a loop, and leave the loop when recv() has nothing to return.",
    "while piece := sock.recv(65536): keep the piece. Then join the pieces.",
)
def test_what_is_queued_comes_before_the_end(kata, pair):
    sock, peer = pair
    peer.sendall(b"last words")
    peer.close()
    wait_fin(sock)
    # The peer has gone already, and its bytes are still in the queue of this side.
    data = kata.recv_all(sock)
    assert data == b"last words", "bytes arrived before the end, and your code did not return them"
    assert type(data).__name__ == "bytes", "your code returned another type than bytes"


@requirement(6)
@on_stub(GREEN)
@hints(
    "The peer has ended its direction. What did your code do to yours?",
    "Do not close the socket, and do not shut it down: the caller may still want to answer.",
)
def test_the_other_direction_is_still_open(kata, pair):
    sock, peer = pair
    peer.sendall(b"question")
    peer.shutdown(socket.SHUT_WR)
    assert kata.recv_all(sock) == b"question", "the peer ended its direction, and your code returned another stream"
    # The peer only stopped sending. It waits for the answer.
    assert sock.fileno() != -1, "your code closed the caller's socket"
    sock.sendall(b"answer")
    assert read_exactly(peer, 6) == b"answer", "the peer waited for an answer, and got another one"


@requirement(1)
@on_stub(GREEN)
@hints(
    "How does recv() say that the stream is over: with None, with an exception, or with a value?",
    "It returns b'', at once, each time that it is called.",
)
def test_a_peer_that_says_nothing_gives_empty_bytes(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    # Asked twice, the kernel answers twice: the end does not go away.
    for _ in range(2):
        assert kata.recv_all(sock) == b"", "the stream ended without a byte, and your code did not return b''"


@requirement(3)
@on_stub(GREEN)
@hints(
    "The peer is connected and says nothing. Who wakes your code when it speaks?",
    "recv() itself waits until there are bytes, or the end: set no timeout, and do not look again and again.",
)
@hints(
    "For how long may a peer be silent?",
    "For as long as it likes: wait in recv() without a timeout, or in a selector without one.",
    when="limited the wait",
)
def test_it_sleeps_while_the_peer_is_silent(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    reading = background(kata.recv_all, sock)
    # Nothing was sent and nobody has closed: whatever comes next, the kernel will tell.
    reading.asleep()
    assert limits(tape.calls()) == [], "the peer may be silent for as long as it likes, and your code limited the wait"
    peer.sendall(b"at last")
    peer.close()
    assert reading.result() == b"at last", "bytes came after a silence, and your code did not return them"


@requirement(1, 3)
@on_stub("a short read was taken for the end of the stream")
@hints(
    "recv(n) returns what is there. When is that less than n?",
    "Less than n means only that no more had arrived yet. Go on reading.",
    "The loop ends for `not piece`, never for `len(piece) < n`.",
)
@hints(
    "For how long may a peer be silent once it has begun?",
    "For as long as it likes: wait in recv() without a timeout, or in a selector without one.",
    when="limited the wait",
)
def test_a_short_read_is_not_the_end(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    reading = background(kata.recv_all, sock)
    # Each piece goes out when the one before it was read, and the code sleeps again: it takes a read of its own.
    for piece in (b"one ", b"two ", b"three"):
        peer.send(piece)
        wait_until(lambda: reading.done or (not unread(sock) and reading.sleeps()), "a pause")
    assert limits(tape.calls()) == [], "the peer may be silent for as long as it likes, and your code limited the wait"
    peer.close()
    assert reading.result() == b"one two three", "a short read was taken for the end of the stream"


@requirement(3)
@on_stub("the socket had a timeout, and your code returned another stream")
@hints(
    "The socket has a timeout. Does it limit the wait for the first bytes, and the wait for the next ones?",
    "Either is right, if all waits are alike: leave the timeout alone, or lift it until the end of the stream.",
)
@hints(
    "recv(n) returns what is there. When is that less than n?",
    "Less than n means only that no more had arrived yet. Go on until recv() returns b''.",
    when="another stream",
)
def test_the_sockets_timeout_limits_each_wait_or_none(kata, unix_pair, background):
    sock, peer = unix_pair
    sock.settimeout(3600)
    waits = []
    before_each_read(lambda: waits.append("limited" if sock.gettimeout() else "not limited"))
    reading = background(kata.recv_all, sock)
    for piece in (b"one ", b"two"):
        wait_until(lambda: reading.done or (not unread(sock) and reading.sleeps()), "your code to wait for bytes")
        peer.send(piece)
    peer.close()
    assert reading.result() == b"one two", "the socket had a timeout, and your code returned another stream"
    assert waits == waits[:1] * len(waits), "the socket's timeout limited some of the waits, and others not"


@requirement(2)
@on_stub("invalid start byte")
@hints(
    "Who says that the stream is text?",
    "recv() returns bytes and the function returns bytes. What happens to them on the way?",
    "Take decode() and encode() out: collect the pieces as they are.",
)
def test_bytes_that_are_no_text_come_through(kata, unix_pair):
    sock, peer = unix_pair
    data = b"\x89PNG\r\n\x1a\n\x00\xff\xfe" + "€".encode()[:2]  # and no character either, at the end
    peer.sendall(data)
    peer.close()
    assert kata.recv_all(sock) == data, "your code changed bytes that are no text"


@requirement(2)
@on_stub("unexpected end of data")
@hints(
    "The character takes three bytes, and a read of 1024 bytes is no multiple of three. What is at its end?",
    "A piece cannot be decoded on its own. The caller may decode the whole.",
)
def test_a_character_may_be_cut_by_a_read(kata, unix_pair):
    sock, peer = unix_pair
    data = "€".encode() * 2000
    peer.sendall(data)
    peer.close()
    assert kata.recv_all(sock) == data, "a read cut a character in two, and your code did not return it whole"


@requirement(1)
@on_stub("UnicodeDecodeError")
@hints(
    "How many reads does a stream of more than a megabyte take?",
    "As many as it takes until one returns b'': there is no number of reads, and no size, at which to stop.",
)
def test_a_long_stream_comes_whole(kata, pair, background):
    sock, peer = pair
    data = bytes(range(255, -1, -1)) * 5000

    def talk():
        peer.sendall(data)
        peer.close()

    talking = background(talk)
    assert kata.recv_all(sock) == data, "your code returned another stream than the peer sent"
    talking.result()


@requirement(1)
@hints(
    "The end is there already, and a lot of bytes in front of it. How many reads do these take?",
    "As many as it takes until one returns b'', also when the peer has gone long ago.",
)
@on_stub(GREEN)
def test_all_that_is_queued_comes_before_an_end_that_is_there(kata, unix_pair):
    sock, peer = unix_pair
    data = numbered(150_000)
    peer.sendall(data)
    peer.shutdown(socket.SHUT_WR)
    assert kata.recv_all(sock) == data, "bytes were queued before the end, and your code did not return them all"


@requirement(1)
@hints(
    "A stream may come in a thousand pieces. What does each of them cost that stays?",
    "A loop costs nothing that stays. A function that calls itself for each piece comes to the end of its stack.",
)
@on_stub("the stream came in a thousand pieces")
def test_a_stream_in_a_thousand_pieces_comes_whole(kata, cut):
    data = numbered(1500)
    assert kata.recv_all(cut(data)) == data, "the stream came in a thousand pieces, and was not put together"


@requirement(4, 5, 6)
@on_stub("the connection broke, and your code reported an orderly end")
@hints(
    "A reset tells that bytes may be missing. Who must find out?",
    "recv() raises an exception for a reset. Which except clause keeps it from the caller?",
)
@hints(
    "What has the function changed on the caller's socket, and is it put back when recv() raises?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
    when="an error propagated",
)
@hints(
    "An error has propagated. Where did your code keep what came before it?",
    "In a place that outlives the call. Collect in a local variable.",
    when="from before the reset",
)
@pytest.mark.parametrize("timeout", [30, None], ids=["with a timeout", "blocking"])
def test_a_reset_is_not_an_end(kata, pair, timeout):
    sock, peer = pair
    peer.sendall(b"cut off")
    wait_unread(sock, 7)
    reset(peer)
    wait_reset(sock)
    sock.settimeout(timeout)
    before = mode_of(sock)
    with raises_errno("ECONNRESET", words="the connection broke, and your code reported an orderly end"):
        kata.recv_all(sock)
    assert sock.fileno() != -1, "an error propagated, and your code had closed the caller's socket"
    assert mode_of(sock) == before, "an error propagated, and your code left the socket in another mode"
    # The kernel tells an error once.
    assert kata.recv_all(sock) == b"", "the next call on the same socket returned bytes from before the reset"


@requirement(5, 6)
@on_stub("Ctrl-C was pressed, and the caller never found out")
@hints(
    "Ctrl-C is an exception too, and no OSError. Does the line that puts the mode back still run?",
    "Change nothing on the caller's socket; or put back in a finally clause what was there.",
    when="in another mode",
)
@hints(
    "Ctrl-C has ended the call. Where did your code keep what came before?",
    "In a place that outlives the call. Collect in a local variable.",
)
@pytest.mark.parametrize("timeout", [3600, None], ids=["with a timeout", "blocking"])
def test_ctrl_c_leaves_nothing_behind(kata, pair, unix_pair, timeout):
    sock, peer = pair
    peer.sendall(b"cut off")
    wait_unread(sock, 7)
    sock.settimeout(timeout)
    before = mode_of(sock)

    def ctrl_c():
        raise KeyboardInterrupt

    words = "Ctrl-C was pressed, and the caller never found out"
    with raises_errno("KeyboardInterrupt", words=words), interrupted(ctrl_c):
        kata.recv_all(sock)
    assert mode_of(sock) == before, "Ctrl-C was pressed, and your code left the socket in another mode"
    for again, its_peer in ((sock, peer), unix_pair):
        its_peer.sendall(b"what follows")
        its_peer.close()
        assert kata.recv_all(again) == b"what follows", "your code returned bytes from before Ctrl-C again"


@requirement(6)
@on_stub(GREEN)
@hints(
    "The caller had given its socket a timeout and a blocking mode. Are both still there afterwards?",
    "The function need not call setblocking() or settimeout() at all; if it does, it puts back what it found.",
    "A duplicate shares O_NONBLOCK with the socket. settimeout() sets O_NONBLOCK too, and the two need not agree.",
)
@pytest.mark.parametrize("blocking", [False, True], ids=["O_NONBLOCK set", "O_NONBLOCK cleared by another program"])
def test_the_socket_keeps_its_timeout(kata, pair, blocking):
    sock, peer = pair
    sock.settimeout(30)
    # With a timeout O_NONBLOCK is set, unless somebody has cleared it: another program that has the descriptor too.
    os.set_blocking(sock.fileno(), blocking)
    before = mode_of(sock)
    peer.sendall(b"bye")
    peer.close()
    kata.recv_all(sock)
    assert mode_of(sock) == before, "your code left the socket in another mode"


@requirement(4, 5)
@each_call_may_fail()
@on_stub("and was not put together")
@hints(
    "A connection can break at any read, not only at the first one. What does your code return then?",
    "Part of a stream is no stream: let every OSError propagate, however much came before it.",
)
@hints(
    "An error has propagated. Where did your code keep what came before it?",
    "In a place that outlives the call. Collect in a local variable.",
    when="bytes from before an error",
)
def test_an_error_at_any_read_propagates(kata, pair, trickle, failing, unix_pair):
    trickle(b"half ", b"of ", b"it")
    outcome = failing.outcome(kata.recv_all, pair[0])
    if failing.error:
        failing.propagates(outcome, "an error at one of the reads did not propagate")
        other, its_peer = unix_pair
        its_peer.sendall(b"another stream")
        its_peer.close()
        assert kata.recv_all(other) == b"another stream", "your code returned bytes from before an error again"
    else:
        assert outcome == b"half of it", "the stream came in pieces, and was not put together"
