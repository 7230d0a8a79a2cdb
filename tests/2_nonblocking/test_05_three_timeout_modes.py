"""2.5: a Python socket is blocking, non-blocking or in timeout mode; the last two both set O_NONBLOCK."""

import socket

from dojo.suite import Finding, hints, is_nonblocking, kernel_says, sleeps, unread, wait_unread, wait_until


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
        raise Finding(f"predict first: EMPTY_RECV[{mode!r}]", "a text", "nothing is written here yet")
    return kata.EMPTY_RECV[mode]


@hints(
    "Nothing has arrived, and the call has no limit. What can it do until something comes?",
    'It neither fails nor returns: it "sleeps".',
)
def test_predict_recv_on_a_blocking_socket(kata, unix_pair, background):
    expected = prediction(kata, "blocking")
    sock, peer = unix_pair
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, "a blocking recv() has no limit: nothing but the peer ends its wait"


@hints(
    "The call may not wait, and there is nothing to return. b'' would mean the end of the stream.",
    "The kernel answers EAGAIN. Python has an exception class for that errno.",
    'It is the class that kata 2.1 is about: "BlockingIOError".',
)
def test_predict_recv_on_a_nonblocking_socket(kata, unix_pair, background):
    expected = prediction(kata, "non-blocking")
    sock, peer = unix_pair
    sock.setblocking(False)
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, "a non-blocking recv() without input fails at once, with the kernel's EAGAIN"


@hints(
    "The wait has a limit, and the limit passes. Is that the same event as EAGAIN?",
    "It is Python that waited and gave up, not the kernel. Which exception speaks of time?",
    'Since Python 3.10 socket.timeout is only another name for it: "TimeoutError".',
)
def test_predict_recv_on_a_socket_with_a_timeout(kata, unix_pair, background):
    expected = prediction(kata, "timeout")
    sock, peer = unix_pair
    sock.settimeout(0.02)
    # O_NONBLOCK is set, so the kernel says EAGAIN here as well. Python does not hand it on.
    did = experiment(sock, peer, background)
    kernel_says("recv", expected, did)
    assert expected == did, "with a timeout recv() waits, and when the time is over Python says so"


@hints(
    "Nobody has set anything. In which mode are sockets made?",
    "gettimeout() is None on such a socket. What does None say about the limit of a wait?",
)
def test_sockets_are_blocking_when_they_are_made(kata, listener, keep):
    datagram = keep(socket.socket(type=socket.SOCK_DGRAM))
    unconnected = keep(socket.socket())
    for sock in (listener, datagram, unconnected):
        assert kata.io_mode(sock) == "blocking", "no timeout was ever set here: a wait has no limit"


@hints(
    "A socket with a timeout has become blocking again. What does gettimeout() say now?",
    "settimeout(None) and setblocking(True) are one call with two names.",
)
def test_without_a_limit_it_is_blocking_again(kata, unix_pair):
    sock, _ = unix_pair
    for back in (lambda: sock.setblocking(True), lambda: sock.settimeout(None)):
        sock.settimeout(30)
        back()
        assert kata.io_mode(sock) == "blocking", "the limit is gone: a wait is without end again"


@hints(
    "How long does a socket with a timeout of 0 wait?",
    "settimeout(0) and setblocking(False) are one call with two names.",
    "gettimeout() is 0.0 then. 0.0 is false, and so is None: they must not end in the same branch.",
)
def test_a_timeout_of_zero_is_nonblocking(kata, unix_pair):
    sock, _ = unix_pair
    for switch in (lambda: sock.setblocking(False), lambda: sock.settimeout(0)):
        sock.setblocking(True)
        switch()
        assert kata.io_mode(sock) == "non-blocking", "0.0 means that no call waits; only None means without a limit"


MISTAKEN = {
    "non-blocking": "O_NONBLOCK is set in timeout mode too; yet a call on this socket waits",
    "blocking": "getblocking() is True in timeout mode too; yet a wait on this socket has a limit",
}


@hints(
    "There are two questions you can ask that are answered yes or no. Can one such answer tell three modes apart?",
    "O_NONBLOCK is the same here as without waiting; getblocking() is the same here as without a limit.",
    "Ask gettimeout(): None, 0.0, or anything else.",
)
def test_with_a_limit_it_is_in_timeout_mode(kata, unix_pair):
    sock, _ = unix_pair
    sock.settimeout(30)
    # What the kernel knows and what Python says seem to contradict each other.
    assert is_nonblocking(sock), "a timeout sets O_NONBLOCK"
    assert sock.getblocking(), "and getblocking() is True all the same"
    mode = kata.io_mode(sock)
    assert mode == "timeout", MISTAKEN.get(mode, "a limit of 30 s was set: that is the third mode")


@hints(
    "Is a very short wait no wait?",
    "Only 0 itself means non-blocking. Do not round.",
)
def test_a_short_limit_is_a_limit(kata, unix_pair):
    sock, _ = unix_pair
    for seconds in (0.5, 0.000001):
        sock.settimeout(seconds)
        assert kata.io_mode(sock) == "timeout", f"a limit of {seconds:g} s is short, and yet a call waits for it"


@hints(
    "A socket can be in timeout mode though nobody has called settimeout() on it. How?",
    "setdefaulttimeout() is for sockets that are made later. Ask the socket itself what it got.",
)
def test_the_default_timeout_counts_when_the_socket_is_made(kata, keep):
    before = keep(socket.socket())
    socket.setdefaulttimeout(30)
    try:
        after = keep(socket.socket())
        modes = kata.io_mode(before), kata.io_mode(after)
    finally:
        socket.setdefaulttimeout(None)
    assert modes == ("blocking", "timeout"), "a default timeout is given to sockets made after it, and to no others"


@hints(
    "Could the mode have changed since you were asked the last time?",
    "Keep nothing between the calls: ask the socket each time.",
)
def test_the_answer_follows_the_socket(kata, unix_pair):
    sock, other = unix_pair
    other.setblocking(False)
    modes = []
    for seconds in (None, 0, 30, 0, None):
        sock.settimeout(seconds)
        modes.append(kata.io_mode(sock))
        assert kata.io_mode(other) == "non-blocking", "the other socket has a mode of its own"
    wanted = ["blocking", "non-blocking", "timeout", "non-blocking", "blocking"]
    assert modes == wanted, "settimeout() was called between the questions: the mode is a new one each time"


@hints(
    "Must one try recv() in order to know whether it would wait?",
    "The mode is in the socket object: asking for it is no input or output.",
)
def test_asking_is_only_looking(kata, pair, tape):
    sock, peer = pair
    peer.send(b"mail")
    wait_unread(sock, 4)
    for seconds in (None, 0, 30):
        sock.settimeout(seconds)
        flag = is_nonblocking(sock)
        kata.io_mode(sock)
        assert sock.gettimeout() == seconds, "the socket is in another mode after the question"
        assert is_nonblocking(sock) == flag, "O_NONBLOCK is another one after the question"
    assert unread(sock) == 4, "the question has consumed input"
    assert tape.calls("recv", "recv_into", "send", "accept", "connect") == [], "to ask for the mode takes no traffic"
