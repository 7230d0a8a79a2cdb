"""2.5: a Python socket is blocking, non-blocking or in timeout mode; the last two both set O_NONBLOCK."""

import builtins
import os
import socket

from dojo.suite import (
    READS,
    WRITES,
    Finding,
    hints,
    is_nonblocking,
    kernel_says,
    mode_of,
    requirement,
    sleeps,
    unread,
    wait_unread,
    wait_until,
)

SETS = ("setblocking", "settimeout", "os.set_blocking")  # calls that set the mode, and F_SETFL
TRIES = ("accept", "connect", "connect_ex", *READS, *WRITES)
CLASSES = [kind for kind in dir(builtins) if isinstance(getattr(builtins, kind), type)]  # by the name that type() gives


class Named(socket.socket):
    """A socket of a class of its own, as ssl and other libraries have them."""


def experiment(sock, peer, background):
    """What recv does on a connection without input: "sleeps", or the exception's class."""
    receiving = background(sock.recv, 1, may_raise=True)
    if sock.gettimeout() is None:
        wait_until(lambda: receiving.done or sleeps(receiving.native_id), "the blocking recv() to fall asleep")
        peer.send(b"!")
    try:
        receiving.result()
    except OSError as error:
        return type(error).__name__
    return "sleeps"


def prediction(kata, mode):
    """What the learner expects of recv in this mode."""
    if kata.EMPTY_RECV.get(mode) is None:
        raise Finding("predict first", f"EMPTY_RECV[{mode!r}] should be a text", "nothing is written here yet")
    expected = kata.EMPTY_RECV[mode]
    if expected != "sleeps" and expected not in CLASSES:
        words = "your prediction was neither 'sleeps' nor the name of one of Python's exception classes"
        raise Finding(words, f"EMPTY_RECV[{mode!r}] should be 'sleeps' or a name like 'KeyError'", repr(expected))
    return expected


@requirement(1)
@hints(
    "Nothing has arrived, and the call has no limit. What can it do until something arrives?",
    'It neither fails nor returns: it "sleeps".',
)
def test_predict_recv_on_a_blocking_socket(kata, unix_pair, background):
    expected = prediction(kata, "blocking")
    sock, peer = unix_pair
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, (
        "a blocking recv() has no limit, only the peer can end its wait, and you predicted otherwise"
    )


@requirement(1)
@hints(
    "The call must not wait, and there is nothing to return. b'' would mean the end of the stream.",
    "The kernel answers EAGAIN. Python has an exception class for that errno.",
    'It is the class that kata 2.1 is about: "BlockingIOError".',
)
def test_predict_recv_on_a_nonblocking_socket(kata, unix_pair, background):
    expected = prediction(kata, "non-blocking")
    sock, peer = unix_pair
    sock.setblocking(False)
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, "a non-blocking recv() without input fails at once with EAGAIN, and you predicted otherwise"


@requirement(1)
@hints(
    "The wait has a limit, and the time is over. Is that the same as EAGAIN?",
    "It is Python that waited and gave up, not the kernel. Which exception speaks of time?",
    'Since Python 3.10 socket.timeout is only another name for it: "TimeoutError".',
)
def test_predict_recv_on_a_socket_with_a_timeout(kata, unix_pair, background):
    expected = prediction(kata, "timeout")
    sock, peer = unix_pair
    sock.settimeout(0.02)
    # O_NONBLOCK is set, so the kernel answers EAGAIN here too. Python does not pass it on.
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, "with a timeout recv() waits until Python ends the wait, and you predicted otherwise"


@requirement(2)
@hints(
    "Nobody has set anything. In which mode are sockets made?",
    "gettimeout() is None on such a socket. What does None say about the limit of a wait?",
)
def test_sockets_are_blocking_when_they_are_made(kata, listener, keep):
    datagram = keep(socket.socket(type=socket.SOCK_DGRAM))
    unconnected = keep(socket.socket())
    for sock in (listener, datagram, unconnected):
        assert kata.io_mode(sock) == "blocking", "no timeout was ever set, and your function did not return 'blocking'"


@requirement(2)
@hints(
    "A listener, a datagram socket, one that was accepted: what do they have in common?",
    "Each Python socket has a timeout of its own, whatever its type and whoever made it. Ask gettimeout().",
)
def test_sockets_of_every_kind_have_three_modes(kata, listener, unix_pair, connect, keep):
    client = connect(listener)
    accepted, _ = keep(listener.accept())
    datagram, named = keep([socket.socket(type=socket.SOCK_DGRAM), Named()])
    for sock in (listener, client, accepted, datagram, named, *unix_pair):
        for timeout, wanted in ((0, "non-blocking"), (30, "timeout"), (None, "blocking")):
            sock.settimeout(timeout)
            # A socket object that nobody has asked about yet: a duplicate begins in the mode of its socket.
            twin = keep(sock.dup())
            mode = kata.io_mode(twin)
            assert mode == wanted, f"the timeout of a socket was {timeout}, and your function did not return {wanted!r}"


@requirement(2, 3)
@hints(
    "A socket with a timeout has become blocking again. What does gettimeout() say now?",
    "settimeout(None) and setblocking(True) are one call with two names.",
)
def test_without_a_limit_it_is_blocking_again(kata, unix_pair):
    sock, _ = unix_pair
    for back in (lambda: sock.setblocking(True), lambda: sock.settimeout(None)):
        sock.settimeout(30)
        back()
        assert kata.io_mode(sock) == "blocking", "the timeout was removed, and your function did not return 'blocking'"


@requirement(2, 3)
@hints(
    "How long does a socket with a timeout of 0 wait?",
    "settimeout(0) and setblocking(False) are one call with two names.",
    "gettimeout() returns 0.0 then. 0.0 is false, and so is None: do not treat them alike.",
)
def test_a_timeout_of_zero_is_nonblocking(kata, unix_pair):
    sock, _ = unix_pair
    for switch in (lambda: sock.setblocking(False), lambda: sock.settimeout(0)):
        sock.setblocking(True)
        switch()
        assert kata.io_mode(sock) == "non-blocking", (
            "the timeout was 0, and your function did not return 'non-blocking'"
        )


MISTAKEN = {
    "non-blocking": "your function missed that calls wait here: O_NONBLOCK is set in timeout mode too",
    "blocking": "your function missed the limit: getblocking() is True in timeout mode too",
}


@requirement(2)
@hints(
    "Can one question with the answers yes and no tell three modes apart?",
    "O_NONBLOCK is set here as in non-blocking mode; getblocking() is True here as in blocking mode.",
    "Ask gettimeout(): None, 0.0, or anything else.",
)
def test_with_a_limit_it_is_in_timeout_mode(kata, unix_pair):
    sock, _ = unix_pair
    sock.settimeout(30)
    # What the kernel knows and what Python says seem to contradict each other.
    assert is_nonblocking(sock), "a timeout sets O_NONBLOCK"
    assert sock.getblocking(), "and getblocking() is True all the same"
    mode = kata.io_mode(sock)
    assert mode == "timeout", MISTAKEN.get(mode, "a limit of 30 s was set, and your function did not return 'timeout'")


@requirement(2)
@hints(
    "Is a very short wait the same as no wait?",
    "Only 0 means non-blocking. Do not round the timeout.",
)
@hints(
    "Is a very long wait the same as one without a limit?",
    "Only None means blocking. Every number above 0 is a limit.",
    when="+0",
)
def test_a_short_limit_is_a_limit(kata, unix_pair):
    sock, _ = unix_pair
    for seconds in (0.5, 1, 0.000001, 1e-9, 4e6, 4e9):
        sock.settimeout(seconds)
        assert kata.io_mode(sock) == "timeout", (
            f"a limit of {seconds:g} s was set, and your function did not return 'timeout'"
        )


@requirement(3)
@hints(
    "A socket can be in timeout mode although nobody called settimeout() on it. How?",
    "setdefaulttimeout() is for sockets that are made later. Ask the socket itself for its timeout.",
)
def test_the_default_timeout_counts_when_the_socket_is_made(kata, keep):
    made, later = [keep(socket.socket())], [keep(socket.socket())]
    try:
        for seconds in (30, 0):
            socket.setdefaulttimeout(seconds)
            made.append(keep(socket.socket()))
            later.append(keep(socket.socket()))
        modes = [kata.io_mode(sock) for sock in made]
    finally:
        socket.setdefaulttimeout(None)
    wanted = ["blocking", "timeout", "non-blocking"]
    words = "the second socket was made with a default timeout, the third with one of 0: your function said otherwise"
    assert modes == wanted, words
    modes = [kata.io_mode(sock) for sock in later]
    assert modes == wanted, "the default timeout was removed, and your function said that older sockets have changed"


@requirement(3)
@hints(
    "Can the mode have changed since the last call?",
    "Keep nothing between calls: ask the socket every time.",
)
def test_the_answer_follows_the_socket(kata, unix_pair):
    sock, other = unix_pair
    other.setblocking(False)
    modes = []
    for seconds in (None, 0, 30, 0, None):
        sock.settimeout(seconds)
        modes.append(kata.io_mode(sock))
        assert kata.io_mode(other) == "non-blocking", (
            "the other socket was non-blocking all the time, and your function said otherwise"
        )
    wanted = ["blocking", "non-blocking", "timeout", "non-blocking", "blocking"]
    assert modes == wanted, "settimeout() was called before each question, and your function returned an old mode"


@requirement(4)
@hints(
    "Do you have to try recv() to know whether it would wait?",
    "The socket object knows its mode: gettimeout() changes nothing and takes no input.",
)
def test_asking_is_only_looking(kata, pair, tape):
    sock, peer = pair
    peer.send(b"mail")
    wait_unread(sock, 4)
    tape.mark()  # what the module did at its import, an experiment perhaps, is its own affair
    for seconds in (None, 0, 30):
        sock.settimeout(seconds)
        flag = is_nonblocking(sock)
        kata.io_mode(sock)
        assert sock.gettimeout() == seconds, "your function changed the socket's mode"
        after = is_nonblocking(sock)
        assert after == flag, "your function changed O_NONBLOCK on the socket"
    assert unread(sock) == 4, "your function took input from the socket"
    tried = [call.text for call in (*tape.calls(*TRIES), *tape.waits())]
    assert tried == [], "your function made calls that send, receive or wait, to learn the mode"
    changed = [call.text for call in tape.calls(of=sock) if call.name in SETS or "F_SETFL" in call.text]
    assert changed == [], "your function set the socket's mode, and should only ask for it"


@requirement(4)
@hints(
    "os.set_blocking() has changed the kernel's flag, and the socket object does not know. Is it yours to repair?",
    "Only look: gettimeout() changes nothing. settimeout() and setblocking() set the flag anew in any case.",
)
def test_what_python_does_not_know_of_is_left_alone(kata, unix_pair):
    sock, _ = unix_pair
    for seconds in (None, 0, 30):
        sock.settimeout(seconds)
        os.set_blocking(sock.fileno(), is_nonblocking(sock))
        before = mode_of(sock)
        # What it returns now is open.
        kata.io_mode(sock)
        assert mode_of(sock) == before, "O_NONBLOCK and the timeout did not agree, and your function changed one"
