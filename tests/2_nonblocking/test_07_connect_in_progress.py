"""2.7: a non-blocking connect returns EINPROGRESS; writable means decided, SO_ERROR says how."""

import errno
import socket
import struct
import time

from dojo.suite import (
    hints,
    linux_only,
    read_exactly,
    tcp_state,
    unread,
    wait_queued,
    wait_reset,
    wait_unread,
    wait_until,
)

needs_full_queue = linux_only("an accept queue that leaves connections in SYN_SENT when it is full")
SO_MEMINFO = 55  # asm-generic/socket.h; the socket module has no name for it
UNDECIDED = "nothing has answered yet: a connection under way is neither established nor failed"


def fill_queue(listener, connect):
    """Fill the listener's queue, so that the kernel answers no further connection; its address."""
    listener.listen(0)
    connect(listener)
    wait_queued(listener, 1)
    return listener.getsockname()


def unanswered(listener):
    """How many clients the kernel has turned away here: the drops in SO_MEMINFO (linux/sock_diag.h)."""
    return struct.unpack("9I", listener.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36))[8]


def name(code):
    """The name of an errno, for reports."""
    return errno.errorcode.get(code, repr(code)) if type(code) is int else repr(code)


@needs_full_queue
@hints(
    "How long does connect() take when the other side does not answer?",
    "On a non-blocking socket it comes back at once. When must the socket become non-blocking?",
    "setblocking(False) before connect_ex(), not after it.",
)
def test_starting_does_not_wait(kata, listener, connect, keep, tape):
    address = fill_queue(listener, connect)
    # The queue is full: whoever connects now gets no answer.
    sock = keep(kata.start_connect(address))
    assert tcp_state(sock) == "SYN_SENT", "the connection is under way when start_connect() returns"
    # EAGAIN is what connect_ex() returns when it has waited for the whole of a timeout.
    slept = [call.text for call in tape.calls() if call.waited or (call.name, call.error) == ("connect_ex", "EAGAIN")]
    assert slept == [], "this call waited for an answer: starting a connection is not waiting for it"


@hints(
    "EINPROGRESS is what a connect says that is under way. Is that an error?",
    "connect() raises it as BlockingIOError, connect_ex() returns it. Go on with the socket.",
    "In finish_connect wait until the socket is writable, then return getsockopt(SOL_SOCKET, SO_ERROR).",
)
def test_a_connection_that_stands_is_zero(kata, listener, keep):
    sock = keep(kata.start_connect(listener.getsockname()))
    wait_queued(listener, 1)
    code = kata.finish_connect(sock, 0.05)
    assert name(code) == "0", "the connection is in the listener's queue: it is established"
    conn, _ = listener.accept()
    keep(conn).send(b"hello")
    assert read_exactly(sock, 5) == b"hello", "the socket that was returned is the one that is connected"


@hints(
    "A socket that was refused becomes writable too. What does writable tell, then?",
    "It tells that the connection is decided. How it was decided the kernel keeps in an option of the socket.",
    "getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) is the reason, 0 if there is none.",
)
def test_a_refused_connection_is_its_errno(kata, keep):
    # A port that is taken, but nobody listens on it: the kernel refuses.
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    sock = keep(kata.start_connect(closed.getsockname()))
    wait_reset(sock)
    code = kata.finish_connect(sock, 0.05)
    assert name(code) == "ECONNREFUSED", "nobody listens there, and the caller has to be told just that"


@needs_full_queue
@hints(
    "Nobody answers. What does SO_ERROR say while nothing has happened?",
    "0, as if all were well. So it counts only after the socket has become writable.",
    "If the wait ends without the socket being ready, return errno.ETIMEDOUT.",
)
def test_undecided_is_etimedout(kata, listener, connect, keep):
    sock = keep(kata.start_connect(fill_queue(listener, connect)))
    began = time.monotonic_ns()
    code = kata.finish_connect(sock, 0.03)
    waited = (time.monotonic_ns() - began) // 1_000_000  # milliseconds
    assert name(code) == "ETIMEDOUT", UNDECIDED
    assert min(waited, 30) == 30, "the timeout is in seconds, and it was not over: the answer could still have come"


@needs_full_queue
@hints(
    "What does a wait of 0 seconds do?",
    "select() and its relatives take 0 for: look, do not wait. Is 0 handed on as it is?",
)
def test_a_timeout_of_zero_looks_once(kata, listener, connect, keep):
    decided = keep(kata.start_connect(listener.getsockname()))
    wait_queued(listener, 1)
    assert name(kata.finish_connect(decided, 0)) == "0", "this one is decided: one look is enough to see it"
    keep(listener.accept())
    undecided = keep(kata.start_connect(fill_queue(listener, connect)))
    assert name(kata.finish_connect(undecided, 0)) == "ETIMEDOUT", UNDECIDED


@needs_full_queue
@hints(
    "The answer comes in the middle of the wait. Who wakes your thread?",
    "Wait in select, poll or a selector for the socket to become writable; the timeout is only the limit of that.",
)
def test_the_wait_ends_when_it_is_decided(kata, listener, connect, keep, background):
    address = fill_queue(listener, connect)
    sock = keep(kata.start_connect(address))
    finishing = background(kata.finish_connect, sock, 30)
    finishing.asleep()
    wait_until(lambda: unanswered(listener), "the kernel to leave the connection unanswered")
    # Both sides may connect at once, and TCP makes one connection of it (RFC 9293, 3.5): the peer's SYN is an answer.
    listener.close()
    peer = keep(socket.socket())
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    peer.bind(address)
    peer.connect(sock.getsockname())
    assert name(finishing.result()) == "0", "the answer came during the wait: the connection is established"


@hints(
    "The peer has sent something before you looked. What else is the socket then, besides writable?",
    "Readable and writable is not yet a failure. Ask SO_ERROR, and leave the bytes where they are.",
)
def test_a_peer_that_speaks_first_is_no_failure(kata, listener, keep):
    sock = keep(kata.start_connect(listener.getsockname()))
    conn, _ = listener.accept()
    keep(conn).send(b"welcome")
    wait_unread(sock, 7)
    assert name(kata.finish_connect(sock, 0.05)) == "0", "the socket is readable because the peer has sent something"
    assert unread(sock) == 7, "some of what the peer sent is gone: it is for the caller to read"


@hints(
    "Two connections are under way. Whose outcome were you asked for?",
    "Ask the socket that you were given, and keep nothing in the module.",
)
def test_each_connection_has_its_own_outcome(kata, listener, keep):
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    refused = keep(kata.start_connect(closed.getsockname()))
    good = keep(kata.start_connect(listener.getsockname()))
    wait_reset(refused)
    wait_queued(listener, 1)
    codes = [name(kata.finish_connect(sock, 0.05)) for sock in (good, refused)]
    assert codes == ["0", "ECONNREFUSED"], "the first connection asked for stands, the second was refused"


@hints(
    "Is EINPROGRESS the only thing that connect can say at once?",
    "Nothing is under way after another error, and SO_ERROR does not know of it. Who could tell the caller?",
    "If connect_ex() returns neither 0 nor EINPROGRESS, close the socket and raise OSError(code, ...).",
)
def test_an_error_known_at_once_is_not_lost(kata, keep):
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
        code = kata.finish_connect(sock, 0.05)
    assert name(code) == wanted, "connect failed at once: that was the answer, and nothing is under way"


@needs_full_queue
@hints(
    "Does waiting for a socket take another mode?",
    "select, poll and selectors wait whatever the socket's mode is. Leave it alone.",
    "Nor is a failed socket yours to close: the caller has it.",
)
def test_the_socket_stays_the_callers(kata, listener, connect, keep):
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    outcomes = {"0": listener.getsockname(), "ECONNREFUSED": closed.getsockname()}
    for outcome, address in outcomes.items():
        check_kept(kata, keep(kata.start_connect(address)), outcome)
    wait_queued(listener, 1)
    keep(listener.accept())
    check_kept(kata, keep(kata.start_connect(fill_queue(listener, connect))), "ETIMEDOUT")


def check_kept(kata, sock, outcome):
    """Finish, and see that the socket is open and in the mode in which it was."""
    mode = sock.gettimeout()
    code = name(kata.finish_connect(sock, 5 if outcome != "ETIMEDOUT" else 0.01))
    assert code == outcome, f"this connection's outcome is {outcome}"
    assert sock.fileno() != -1, "the socket belongs to the caller, who closes it"
    assert sock.gettimeout() == mode, "the socket's mode is not as it was before the wait"
