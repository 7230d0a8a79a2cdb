"""5.3: select returns pairs of key and mask, and one call for each of them drives the program."""

import errno
import selectors
import socket
from itertools import chain

from dojo.suite import (
    GREEN,
    Finding,
    asleep_in,
    hints,
    on_stub,
    raises_errno,
    read_to_end,
    reset,
    wait_reset,
    wait_until,
)

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def recorder(calls, name):
    """A callback that notes its name and the mask; it neither reads nor writes."""

    def callback(fileobj, mask):
        calls.append((name, mask))
        if len(calls) > 10:
            raise Finding(
                "your round went on until nothing was ready", "one select() in a round", "it asked again and again"
            )

    return callback


def failing(error):
    """A callback that raises."""

    def callback(fileobj, mask):
        raise error

    return callback


def waits(tape):
    """Whether the code sleeps in a wait for sockets, which it has not been woken from."""
    return any(asleep_in(call) for call in tape.calls("select", "poll", "control"))


@on_stub(GREEN)
@hints(
    "What is in a pair that select() returns? Print one.",
    "The key holds what was registered: fileobj is the object, data is the callback.",
    "for key, mask in selector.select(timeout): key.data(key.fileobj, mask)",
)
def test_a_callback_gets_the_object_that_was_registered(kata, selector, unix_pair):
    sock, peer = unix_pair
    calls = []

    def callback(fileobj, mask):
        calls.append((fileobj, mask))
        sock.recv(100)

    selector.register(sock, READ, callback)
    peer.send(b"hello")
    kata.run_once(selector, 0)
    assert calls, "bytes were there to read, and the callback was not called"
    assert calls[0][0] is sock, "the callback did not get the object itself, but its number or the key"
    assert calls == [(sock, READ)], "the callback was not called once, with the mask of what was ready"


@on_stub("the mask was not what is ready now")
@hints(
    "Which of the two is about now: key.events, or the mask beside the key?",
    "key.events is what somebody asked for when registering. What is ready stands in the second half of the pair.",
)
def test_the_mask_is_what_is_ready(kata, selector, unix_pair):
    sock, _ = unix_pair
    calls = []
    selector.register(sock, READ | WRITE, recorder(calls, "sock"))
    # There is room to write, and nothing to read.
    kata.run_once(selector, 0)
    assert calls == [("sock", WRITE)], "the mask was not what is ready now"


@on_stub("your code did not make one call for one pair, with the whole mask")
@hints(
    "A socket is readable and writable at the same time. What does select() return?",
    "One pair, with both bits in its mask. Hand the mask on as it is, in one call.",
)
def test_ready_for_both_is_one_call(kata, selector, unix_pair):
    sock, peer = unix_pair
    calls = []
    selector.register(sock, READ | WRITE, recorder(calls, "sock"))
    peer.send(b"hello")
    # What select() returns now it will return again: nothing is read in between.
    pairs = [("sock", mask) for _, mask in selector.select(0)]
    called = kata.run_once(selector, 0)
    assert calls == pairs, "your code did not make one call for one pair, with the whole mask"
    assert called == len(pairs), "your code did not return the number of calls"


@on_stub(GREEN)
@hints(
    "How many sockets can be ready after one wait?",
    "Go through the whole list before you wait again, and count the calls.",
)
def test_all_that_is_ready_is_called_in_one_round(kata, selector, keep):
    calls, name_of, peers = [], {}, {}

    def callback(fileobj, mask):
        calls.append((name_of[fileobj], mask))

    # As in any server, many connections have one callback.
    for name in ("one", "two", "three", "silent"):
        sock, peers[name] = keep(socket.socketpair())
        name_of[sock] = name
        selector.register(sock, READ, callback)
    for name in ("one", "two", "three"):
        peers[name].send(b"hello")
    called = kata.run_once(selector, None)
    # Three have something to say, and the fourth has not. In which order they come is open.
    assert sorted(calls) == [("one", READ), ("three", READ), ("two", READ)], (
        "your code did not call each ready socket once"
    )
    assert called == 3, "your code did not return the number of calls"


@on_stub(GREEN)
@hints(
    "The callback leaves its bytes where they are. When is it called again?",
    "In the next call of run_once(). One round is one select().",
)
def test_one_round_asks_the_selector_once(kata, selector, unix_pair):
    sock, peer = unix_pair
    calls = []
    selector.register(sock, READ, recorder(calls, "sock"))
    peer.send(b"hello")
    # Nobody reads: the selector reports the same bytes as often as it is asked.
    for _ in range(3):
        assert kata.run_once(selector, 0) == 1, "the bytes were still there, and the callback was not called once more"
    assert len(calls) == 3, "there were three rounds, and not three calls"


@on_stub("the timeout was 0, and your code waited")
@hints(
    "0 and None: which of them means no wait, and which no limit?",
    "Both are false. Do not ask whether there is a timeout; hand it on to select().",
)
def test_zero_seconds_do_not_wait(kata, selector, unix_pair, background, tape):
    sock, _ = unix_pair
    selector.register(sock, READ, recorder([], "sock"))
    looking = background(kata.run_once, selector, 0)
    # Nothing is ready. The call comes back, or it waits for what will never come.
    wait_until(lambda: looking.done or waits(tape), "the call to return, or to fall asleep")
    if not looking.done:
        raise Finding(
            "the timeout was 0, and your code waited", "it should look and return", "it slept until something was ready"
        )
    assert looking.result() == 0, "nothing was ready, and your code called something or did not return 0"


@on_stub("your code gave up before the time was over")
@hints(
    "Nothing is registered. For how long is that so, and what does the caller's loop do meanwhile?",
    "Do not return early: a selector with nothing in it waits like any other.",
)
def test_an_empty_selector_waits_too(silence, kata, selector):
    for seconds in chain([0.01], silence.longer(31.0)):
        clock = silence.clock()
        assert kata.run_once(selector, seconds) == 0, (
            "nothing was registered, and your code called something or did not return 0"
        )
        assert clock() >= seconds, "your code gave up before the time was over: a loop round this call would spin"


@on_stub(GREEN)
@hints(
    "How long may the call wait when nothing becomes ready?",
    "timeout is in seconds, and so is that of select(). Hand it on as it is.",
)
def test_silence_ends_with_the_timeout(silence, kata, selector, unix_pair):
    sock, _ = unix_pair
    calls = []
    selector.register(sock, READ, recorder(calls, "sock"))
    for seconds in chain([0.04], silence.longer(31.0)):
        clock = silence.clock()
        called = kata.run_once(selector, seconds)
        assert clock() >= seconds, f"your code gave up before the time was over: {seconds} s"
        assert (called, calls) == (0, []), "nothing became ready, and your code called something or did not return 0"


@on_stub(GREEN)
@hints(
    "Who wakes the thread when something becomes ready?",
    "The kernel does, in select(). None means that there is no limit: hand it on.",
)
def test_without_a_limit_it_sleeps_until_something_is_ready(kata, selector, unix_pair, background):
    sock, peer = unix_pair
    calls = []
    selector.register(sock, READ, recorder(calls, "sock"))
    running = background(kata.run_once, selector, None)
    # Nothing is ready yet, and there is no limit.
    running.asleep()
    peer.send(b"at last")
    assert running.result() == 1, "something became ready, and your code did not return 1 for the one call"
    assert calls == [("sock", READ)], "the callback of the socket that became ready was not called"


@on_stub("your code swallowed an error in a callback, and the caller never finds out")
@hints(
    "A callback raises. Who knows what that means?",
    "Not the loop: it cannot tell a lost connection from a mistake in the program. Catch nothing.",
)
def test_an_error_in_a_callback_propagates(kata, selector, unix_pair):
    sock, peer = unix_pair
    words = "your code swallowed an error in a callback, and the caller never finds out"
    peer.send(b"hello")
    # A mistake in the program, and a connection that broke: the loop knows neither of them.
    for error in (NameError("name 'dta' is not defined"), ConnectionResetError(errno.ECONNRESET, "reset")):
        selector.register(sock, READ, failing(error))
        with raises_errno("NameError", "ECONNRESET", words=words):
            kata.run_once(selector, 0)
        selector.unregister(sock)


@on_stub("the peer reset, and the callback did not get the mask that select() reported")
@hints(
    "There is no event for a reset. As what does select() report it?",
    "As readiness for whatever was asked for, so that the callback tries, and finds out.",
    "Hand every pair on, whatever its mask is.",
)
def test_a_reset_reaches_the_callback_whatever_its_interest(kata, selector, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    for interest in (READ, WRITE, READ | WRITE):
        calls = []
        selector.register(sock, interest, recorder(calls, "sock"))
        pairs = [("sock", mask) for _, mask in selector.select(0)]
        kata.run_once(selector, 0)
        assert calls == pairs, "the peer reset, and the callback did not get the mask that select() reported"
        selector.unregister(sock)


@on_stub(GREEN)
@hints(
    "A callback may register a new socket, and unregister its own. Does your loop stand that?",
    "select() has returned a list, and nobody changes that. Go through it, and not through the selector's map.",
)
def test_callbacks_may_change_what_is_registered(kata, selector, listener, connect, keep):
    def accept(door, mask):
        conn, _ = door.accept()
        selector.register(keep(conn), READ, answer)

    def answer(conn, mask):
        conn.sendall(conn.recv(100))
        selector.unregister(conn)
        conn.close()

    # A whole server, of two callbacks: each client is answered one time.
    selector.register(listener, READ, accept)
    for word in (b"one", b"two"):
        client = connect(listener)
        assert kata.run_once(selector, None) == 1, "the listener was ready: your code did not call just that"
        client.sendall(word)
        assert kata.run_once(selector, None) == 1, "the client was ready: your code did not call just that"
        assert read_to_end(client) == word, "the client did not read its answer, and then the end"
    assert len(selector.get_map()) == 1, "the selector did not hold just the listener any more"
