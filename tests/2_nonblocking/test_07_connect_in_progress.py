"""2.7: a non-blocking connect returns EINPROGRESS; writable means decided, SO_ERROR says how."""

import errno
import socket
import struct

import pytest

from dojo.suite import (
    deadline,
    hints,
    linux_only,
    mode_of,
    raises_errno,
    read_exactly,
    refused_as,
    requirement,
    tcp_state,
    unread,
    wait_fin,
    wait_queued,
    wait_reset,
    wait_unread,
    wait_until,
)

needs_full_queue = linux_only("an accept queue that leaves connections in SYN_SENT when it is full")
SO_MEMINFO = 55  # asm-generic/socket.h; the socket module has no name for it
UNDECIDED = "nothing had answered yet, and your finish_connect() did not return ETIMEDOUT"


def fill_queue(listener, connect):
    """Fill the listener's queue, so that the kernel answers no further connection; its address."""
    listener.listen(0)
    connect(listener)
    wait_queued(listener, 1)
    return listener.getsockname()


def unanswered(listener):
    """How many clients the kernel has not answered here: the drops in SO_MEMINFO (linux/sock_diag.h)."""
    return struct.unpack("9I", listener.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36))[8]


def nobody_listens(keep):
    """An address where the kernel refuses: the port is taken, and nobody listens on it."""
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    return closed.getsockname()


def name(code):
    """The name of an errno, for reports."""
    return errno.errorcode.get(code, repr(code)) if type(code) is int else repr(code)


@needs_full_queue
@requirement(1)
@hints(
    "How long does connect() take if the other side does not answer?",
    "On a non-blocking socket it returns at once. When must the socket become non-blocking?",
    "setblocking(False) before connect_ex(), not after it.",
)
@hints(
    "Every new socket of Python's begins with the default timeout. Who waits then: the kernel, or Python?",
    "os.set_blocking() sets the kernel's flag alone. sock.setblocking(False) sets Python's timeout too.",
    when="default timeout",
)
@pytest.mark.parametrize("default", [None, 20], ids=["blocking", "default timeout"])
def test_starting_does_not_wait(kata, listener, connect, keep, tape, default):
    address = fill_queue(listener, connect)
    socket.setdefaulttimeout(default)
    # The queue is full: whoever connects now gets no answer.
    sock = keep(kata.start_connect(address))
    socket.setdefaulttimeout(None)
    assert tcp_state(sock) == "SYN_SENT", "your start_connect() did not return while the connection was under way"
    # EAGAIN is what connect_ex() returns when it has waited for the whole of a timeout.
    slept = [call.text for call in tape.calls() if call.waited or (call.name, call.error) == ("connect_ex", "EAGAIN")]
    assert slept == [], "your start_connect() waited for an answer, and should only start the connection"


@requirement(1, 4)
@hints(
    "EINPROGRESS means that the connection is under way. Is that a failure?",
    "connect() raises it as BlockingIOError, connect_ex() returns it. Go on with the socket.",
    "In finish_connect wait until the socket is writable, then return getsockopt(SOL_SOCKET, SO_ERROR).",
)
def test_an_established_connection_is_zero(kata, listener, keep):
    sock = keep(kata.start_connect(listener.getsockname()))
    wait_queued(listener, 1)
    code = kata.finish_connect(sock, 0.5)
    assert name(code) == "0", "the connection was established, and your finish_connect() did not return 0"
    conn, _ = listener.accept()
    keep(conn).send(b"hello")
    assert read_exactly(sock, 5) == b"hello", "your start_connect() returned another socket than the connected one"


@requirement(4)
@hints(
    "A socket becomes writable when it is refused, too. What does writable mean, then?",
    "It means that the connection is decided. The kernel keeps the result in an option of the socket.",
    "getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) returns the errno, or 0 if the connection is established.",
)
@hints(
    "How does finish_connect() tell its caller that the connection was refused?",
    "It returns the errno, as connect_ex() does, and raises nothing.",
    when="your code raised",
)
def test_a_refused_connection_is_its_errno(kata, keep):
    sock = keep(kata.start_connect(nobody_listens(keep)))
    wait_reset(sock)
    code = kata.finish_connect(sock, 0.5)
    assert name(code) == "ECONNREFUSED", "nobody listens there, and your finish_connect() did not return ECONNREFUSED"
    # There are other reasons: the kernel's for this one is told as another error.
    sock = keep(kata.start_connect(nobody_listens(keep)))
    wait_reset(sock)
    refusal = refused_as(sock, "EHOSTUNREACH")
    code = kata.finish_connect(sock, 0.5)
    if not refusal.told:
        pytest.skip("not exercised: your code asks for the error in a way that is not on the tape")
    assert name(code) == "EHOSTUNREACH", "the host was unreachable, and your finish_connect() returned another errno"


@needs_full_queue
@requirement(3, 4)
@hints(
    "Did your wait last for as long as the caller asked?",
    "`timeout` is in seconds. select() and selectors count in seconds too; poll() counts in milliseconds.",
    when="gave up before",
)
@hints(
    "Nobody answers. What is SO_ERROR while nothing has happened?",
    "It is 0, as if all were well. So it means something only when the socket is writable.",
    "If the wait ends without the socket being ready, return errno.ETIMEDOUT.",
)
def test_undecided_is_etimedout(silence, kata, listener, connect, keep):
    sock = keep(kata.start_connect(fill_queue(listener, connect)))
    wait_until(lambda: unanswered(listener), "the kernel to leave the connection unanswered")
    silence.unanswered = True
    waits_in_vain(silence, kata, sock, 0.03)
    # The answer does not come for a long while, which passes at once.
    for seconds in silence.longer(0.3, 5.5, 31.0):
        passed = silence.passed
        waits_in_vain(silence, kata, sock, seconds)
        longer = silence.passed - passed > 1.1e9 * seconds
        assert not longer, f"your finish_connect() went on waiting when the timeout was over: {seconds} s"


def waits_in_vain(silence, kata, sock, seconds):
    """Let it wait for as long as the timeout, and no answer comes."""
    clock = silence.clock()
    code = kata.finish_connect(sock, seconds)
    waited = clock()
    assert name(code) == "ETIMEDOUT", UNDECIDED
    assert waited >= seconds, "your finish_connect() gave up before the timeout was over, which is in seconds"


@needs_full_queue
@requirement(3, 4)
@hints(
    "What should a wait of 0 seconds do?",
    "select() and its relatives take 0 for: look, do not wait. Do you pass on 0 as it is?",
)
def test_a_timeout_of_zero_looks_once(kata, listener, connect, keep, tape):
    decided = keep(kata.start_connect(listener.getsockname()))
    wait_queued(listener, 1)
    words = "the connection was established, and your finish_connect() did not see it with one look"
    assert name(kata.finish_connect(decided, 0)) == "0", words
    keep(listener.accept())
    undecided = keep(kata.start_connect(fill_queue(listener, connect)))
    tape.mark()
    for _ in range(2):
        assert name(kata.finish_connect(undecided, 0)) == "ETIMEDOUT", UNDECIDED
    waits = [call.text for call in tape.waits()]
    assert waits == [], "the timeout was 0, and your finish_connect() waited"


@deadline(6)  # for code that looks round every second
@needs_full_queue
@requirement(3, 4)
@hints(
    "The answer comes during the wait. What wakes your thread?",
    "Wait in select(), poll or a selector until the socket is writable; the timeout only limits that wait.",
)
def test_the_wait_ends_when_it_is_decided(virtual_time, kata, listener, connect, keep, background, tape):
    sock = keep(kata.start_connect(fill_queue(listener, connect)))
    assert name(kata.finish_connect(sock, 0)) == "ETIMEDOUT", UNDECIDED
    # Not yet. The caller asks again, and waits.
    finishing = background(kata.finish_connect, sock, 4000)
    finishing.asleep()
    before = len(tape.calls())
    virtual_time.advance(61)
    if len(tape.calls()) < before + 2:  # code that looks every second would look very often
        virtual_time.advance(3700)
    assert not finishing.done, "the timeout was 4,000 s, and your finish_connect() gave up before it was over"
    wait_until(lambda: unanswered(listener), "the kernel to leave the connection unanswered")
    answer(listener, sock, keep)
    assert name(finishing.result()) == "0", (
        "the answer came during the wait, and your finish_connect() did not return 0"
    )


def answer(listener, sock, keep):
    """Decide a connection that the listener has left unanswered.

    Both sides may connect at once, and TCP makes one connection of it (RFC 9293, 3.5): the peer's SYN is an answer.
    """
    address = listener.getsockname()
    listener.close()
    peer = keep(socket.socket())
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    peer.bind(address)
    peer.connect(sock.getsockname())


@requirement(4, 5)
@hints(
    "The peer has sent something before you looked. What else is the socket then, besides writable?",
    "A socket that is readable and writable need not have failed. Ask SO_ERROR, and leave the bytes in the socket.",
)
@hints(
    "The peer has connected, said goodbye and closed. Was the connection established?",
    "It was, and it still is in one direction. SO_ERROR is 0: the end of the stream is no error.",
    when="and ended",
)
def test_a_peer_that_speaks_first_is_no_failure(kata, listener, keep):
    for ended in (False, True):
        sock = keep(kata.start_connect(listener.getsockname()))
        conn, _ = listener.accept()
        keep(conn).send(b"welcome")
        if ended:
            conn.close()
            wait_fin(sock)
        wait_unread(sock, 7)
        words = f"the peer had sent something{' and ended' * ended}, and your finish_connect() took that for a failure"
        assert name(kata.finish_connect(sock, 0.5)) == "0", words
        assert unread(sock) == 7, "your finish_connect() took input that belongs to the caller"


@requirement(4)
@hints(
    "Two connections are under way. Which one does the caller ask about?",
    "Ask the socket that you are given, and keep nothing in the module.",
)
def test_each_connection_has_its_own_outcome(kata, listener, keep):
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    refused = keep(kata.start_connect(closed.getsockname()))
    good = keep(kata.start_connect(listener.getsockname()))
    wait_reset(refused)
    wait_queued(listener, 1)
    codes = [name(kata.finish_connect(sock, 0.5)) for sock in (good, refused)]
    assert codes == ["0", "ECONNREFUSED"], (
        "your finish_connect() did not return the outcome of the socket that it was given"
    )
    closed.listen(1)  # and now somebody does
    code = kata.finish_connect(keep(kata.start_connect(closed.getsockname())), 0.05)
    assert name(code) == "0", "an address had refused once, and your finish_connect() did not return 0 when it accepted"


@requirement(2)
@hints(
    "Is EINPROGRESS the only error that connect() can report at once?",
    "After another error nothing is under way, and SO_ERROR is 0. So who can tell the caller?",
    "If connect_ex() returns neither 0 nor EINPROGRESS, close the socket and raise OSError(code, ...).",
)
def test_an_error_known_at_once_is_not_lost(kata, keep, at_the_limit):
    # There is no TCP to a multicast address: the kernel says so without sending anything.
    address = ("224.0.0.1", 9)
    with socket.socket() as probe:
        probe.setblocking(False)
        wanted = name(probe.connect_ex(address))
    try:
        sock = keep(kata.start_connect(address))
    except OSError as error:
        code = error.errno
    else:
        code = kata.finish_connect(sock, 0.5)
    assert name(code) == wanted, "connect() failed at once, and the caller never finds out"
    # socket() fails too.
    at_the_limit()
    with raises_errno("EMFILE", words="no descriptor was left for a socket, and the caller never finds out"):
        kata.start_connect(address)


@needs_full_queue
@requirement(4, 5)
@hints(
    "Do you have to change the socket's mode in order to wait for it?",
    "select(), poll and selectors wait whatever the socket's mode is. Leave it alone.",
    "The caller closes the socket, also if the connection failed.",
)
def test_the_socket_stays_the_callers(kata, listener, connect, keep):
    made, outcomes = [], {"0": listener.getsockname(), "ECONNREFUSED": nobody_listens(keep)}
    for number, mode in enumerate((0.0, None, 30.0), start=1):
        for outcome, address in outcomes.items():
            made.append(keep(kata.start_connect(address)))
            made[-1].settimeout(mode)
            check_kept(kata, made, 5, outcome)
        wait_queued(listener, number)
    for _ in range(number):
        keep(listener.accept())
    # Some that are established, some that are refused, and one that stays undecided.
    check_kept(kata, [*made, keep(kata.start_connect(fill_queue(listener, connect)))], 0.01, "ETIMEDOUT")


def check_kept(kata, socks, timeout, outcome):
    """Finish with the last one, and see that each is open and in the mode in which it was."""
    before = [mode_of(sock) for sock in socks]
    code = kata.finish_connect(socks[-1], timeout)
    words = f"the socket had {before[-1]}, and your finish_connect() did not return {outcome}"
    assert name(code) == outcome, words
    assert socks[-1].fileno() != -1, "your finish_connect() closed the caller's socket"
    assert mode_of(socks[-1]) == before[-1], "your finish_connect() changed the mode of the caller's socket"
    after = [mode_of(sock) for sock in socks]
    assert after == before, "your code changed the mode of another socket of the caller's, or closed it"
