"""2.4: an accepted socket starts in blocking mode on Linux; whoever wants another mode sets it, on that socket."""

import contextlib
import os
import socket

import pytest

from dojo.suite import (
    before_accept,
    client_gone_before_accept,
    deadline,
    hints,
    is_nonblocking,
    linux_only,
    mode_of,
    on_stub,
    raises_errno,
    requirement,
    reset_in_queue,
    wait_queued,
)

MODES = (None, 0.0, 30.0)  # of the listener: it waits, does not wait, or waits for a limited time
SHARED = "your code changed O_NONBLOCK on the caller's listener, in the kernel"
FLAG = "your code did not set O_NONBLOCK on the connection: a read from it may sleep"


def queue_up(listener, connect, clients):
    """So many clients in the queue of a listener."""
    connected = [connect(listener) for _ in range(clients)]
    wait_queued(listener, clients)
    return connected


def left_in_queue(listener):
    """The addresses of the clients that are still in the queue, which is empty afterwards."""
    listener.setblocking(False)
    left = []
    with contextlib.suppress(BlockingIOError):
        while True:
            conn, address = listener.accept()
            conn.close()
            left.append(address)
    return left


def needs_accept(tape):
    """Skip the test where accept() is called in a way that the suite cannot meet."""
    if not tape.calls("accept"):
        pytest.skip("not exercised: your code calls accept() in a way that is not on the tape")


def at_the_accept(kata, listener, keep):
    """The listener's mode and the default timeout, as they are just before each accept() of a call."""
    seen = []
    with before_accept(listener, lambda: seen.append((mode_of(listener), socket.getdefaulttimeout()))):
        keep(kata.accept_nonblocking(listener))
    return seen


@contextlib.contextmanager
def default_timeout(seconds):
    """A default timeout for the sockets that this process makes, until the block ends."""
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(None)


@requirement(2)
@hints(
    "The listener is non-blocking. Which mode does the new socket have?",
    "On Linux accept() does not pass on O_NONBLOCK. Set it on the connection.",
    "conn.setblocking(False) after accept().",
)
def test_the_kernel_has_the_connection_non_blocking(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    # The listener is non-blocking. Is the connection?
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(conn) is True, FLAG


@requirement(2)
@hints(
    "The mode is kept in two places: in a flag of the kernel's, and in Python's socket object.",
    "os.set_blocking() and fcntl() change only the kernel's flag. Which method of the socket changes both?",
)
def test_python_has_the_connection_non_blocking(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert conn.gettimeout() == 0.0, "your code left another timeout on the socket object: 0.0 means non-blocking"


@requirement(2)
@hints(
    "The connection's mode does not depend on the listener's. What decides it?",
    "Set the connection's mode every time, and always to the same.",
)
def test_a_blocking_listener_gives_a_non_blocking_connection(kata, listener, connect, keep):
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    words = "the listener was blocking, and your code did not make the connection non-blocking"
    assert conn.gettimeout() == 0.0, words
    assert is_nonblocking(conn) is True, FLAG


@requirement(2)
@hints(
    "A listener with a timeout has a third mode, beside blocking and non-blocking.",
    "Do not copy the listener's timeout to the connection: set the connection's mode every time.",
)
def test_a_listener_with_a_timeout_gives_a_non_blocking_connection(kata, listener, connect, keep):
    listener.settimeout(30)
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    words = "the listener had a timeout, and your code did not make the connection non-blocking"
    assert conn.gettimeout() == 0.0, words
    assert is_nonblocking(conn) is True, FLAG


@requirement(2, 5, 6)
@hints(
    "Python gives the default timeout to every new socket, and to accepted ones too.",
    "Set the connection's mode after accept(), whatever it was.",
)
@hints(
    "The default timeout was 20 seconds before your call. What is it afterwards?",
    "Do not call socket.setdefaulttimeout(): it is for every socket of the process.",
    when="of the whole process",
)
@hints(
    "A new socket object on the listener's descriptor gets the default timeout, and with it the kernel's flag.",
    "Call accept() on the listener itself, and set the mode on the connection.",
    when="caller's listener, in the kernel",
)
def test_the_default_timeout_makes_no_difference(kata, listener, connect, keep, tape):
    for mode in MODES:
        listener.settimeout(mode)
        queue_up(listener, connect, 1)
        with default_timeout(20):
            conn, _ = keep(kata.accept_nonblocking(listener))
            default = socket.getdefaulttimeout()
        words = "the default timeout was 20 seconds, and your code did not make the connection non-blocking"
        assert conn.gettimeout() == 0.0, words
        assert is_nonblocking(conn) is True, FLAG
        assert default == 20, "your code changed the default timeout of the whole process"
        assert is_nonblocking(listener) is (mode is not None), SHARED
    needs_accept(tape)
    queue_up(listener, connect, 1)
    with default_timeout(20):
        seen = {default for _, default in at_the_accept(kata, listener, keep)}
    assert seen == {20}, "your code changed the default timeout of the whole process for its accept()"


@requirement(2)
@hints(
    "A client has connected and says nothing. What does recv() do on a non-blocking socket?",
    "It fails with EAGAIN at once. A timeout, however short, is another mode.",
)
def test_a_read_from_a_silent_client_does_not_wait(kata, listener, connect, keep):
    connect(listener)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(conn) is True, FLAG
    with raises_errno("EAGAIN", words="the client was silent, and recv() on the connection waited before it gave up"):
        conn.recv(100)


@requirement(1)
@hints(
    "A connection has two addresses: this end's and the client's.",
    "accept() returns the connection and the client's address, in that order.",
)
@hints(
    "Three clients wait, and the caller asks for one. Where are the other two afterwards?",
    "Call accept() once. Whoever else is in the queue stays there, for another thread perhaps.",
    when="took more than one",
)
def test_it_returns_the_connection_and_the_address_of_the_client(kata, listener, connect, keep):
    for mode in MODES:
        listener.settimeout(mode)
        *clients, last = queue_up(listener, connect, 3)
        for client in clients:
            # One call, one connection: the others wait for the calls that follow.
            accepted = keep(kata.accept_nonblocking(listener))
            kind = "tuple" if isinstance(accepted, tuple) else type(accepted).__name__
            assert kind == "tuple", "your function returned something else than a tuple"
            conn, address = accepted
            assert address == client.getsockname(), "your function did not return the address of the client"
            assert conn.getpeername() == client.getsockname(), "your function returned a connection to another client"
        left = left_in_queue(listener)
        assert left == [last.getsockname()], "three clients were in the queue, and one call took more than one of them"


@linux_only("a queue that keeps a connection after its reset")
@requirement(1, 2)
@hints(
    "The client has reset, and its connection is still in the queue. Who knows its address now?",
    "accept() returns the address together with the connection. getpeername() fails on such a connection.",
)
def test_a_client_that_has_reset_has_its_address_too(kata, listener, connect, keep):
    for mode in MODES:
        listener.settimeout(mode)
        client, _ = queue_up(listener, connect, 2)
        wanted = client.getsockname()
        reset_in_queue(client)
        conn, address = keep(kata.accept_nonblocking(listener))
        assert address == wanted, "the client had reset in the queue, and your function did not return its address"
        words = "the client had reset in the queue, and your code did not make its connection non-blocking"
        assert mode_of(conn) == "timeout 0.0, O_NONBLOCK", words
        left_in_queue(listener)


@requirement(5)
@hints(
    "Whose mode did you change: the listener's or the connection's?",
    "The listener belongs to the caller. Call setblocking() on the new socket only.",
)
@hints(
    "Another thread may call accept() on the listener at the same moment. In which mode is it then?",
    "Do not change the listener's mode, not even for one call and back again.",
    when="for its accept()",
)
def test_the_listener_keeps_its_mode(kata, listener, connect, keep, tape):
    for mode in MODES:
        listener.settimeout(mode)
        queue_up(listener, connect, 1)
        keep(kata.accept_nonblocking(listener))
        assert listener.gettimeout() == mode, "your code changed the mode of the caller's listener"
        assert is_nonblocking(listener) is (mode is not None), SHARED
    needs_accept(tape)
    for mode in MODES:
        listener.settimeout(mode)
        queue_up(listener, connect, 1)
        wanted = mode_of(listener)
        seen = {mode for mode, _ in at_the_accept(kata, listener, keep)}
        assert seen == {wanted}, "your code changed the mode of the caller's listener for its accept()"
    # The kernel's flag is set behind Python's back: the socket object does not know.
    listener.settimeout(None)
    os.set_blocking(listener.fileno(), False)
    queue_up(listener, connect, 1)
    keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(listener), SHARED


@requirement(3, 4, 5, 6)
@hints(
    "The queue is empty, and the listener is non-blocking. What should the caller get?",
    "Let the error of accept() propagate: no except clause is needed.",
)
@hints(
    "The listener must not wait. Which of your calls does?",
    "No time.sleep() and no wait in select(): accept() itself reports an empty queue at once.",
    when="your code waited",
)
def test_a_non_blocking_listener_without_a_client_is_an_error(kata, listener, tape):
    listener.setblocking(False)
    with default_timeout(20):
        with raises_errno("EAGAIN", words="the queue was empty, and your code did not let that error propagate"):
            kata.accept_nonblocking(listener)
        default = socket.getdefaulttimeout()
    assert listener.gettimeout() == 0.0, "accept() failed, and your code changed the mode of the caller's listener"
    assert default == 20, "accept() failed, and your code changed the default timeout of the whole process"
    waits = [call.text for call in tape.waits()]
    assert waits == [], "your code waited for a client, although the listener is non-blocking"


@deadline(6)  # for code that looks round every second
@requirement(1, 3)
@on_stub("NotImplementedError")
@hints(
    "Nobody comes for an hour, and the listener has no limit. What did your code make of that?",
    "accept() on a blocking listener waits until a client comes. Wait in it, or without a limit of your own.",
)
def test_a_blocking_listener_waits_without_a_limit(virtual_time, kata, listener, keep, background, tape):
    client = keep(socket.socket())
    accepting = background(kata.accept_nonblocking, listener, may_raise=True)
    virtual_time.advance(61)
    if len(tape.calls()) < 3:  # code that looks every second would look very often
        virtual_time.advance(3700)
    assert not accepting.done, "nobody came for a long time, and your code gave up although the listener has no limit"
    client.connect(listener.getsockname())
    _, address = keep(accepting.result())
    assert address == client.getsockname(), "a client came at last, and your function did not return its address"


@requirement(3, 4, 5)
@hints(
    "A listener with a timeout lets accept() wait for so long. Does yours?",
    "Leave the listener's timeout alone, and let the TimeoutError of accept() propagate.",
)
@hints(
    "A wait in select() and then one in accept(): how long are both together?",
    "accept() waits by itself for as long as the listener's timeout. Call it, and wait nowhere else.",
    when="waited for longer",
)
def test_a_listener_with_a_timeout_waits_for_so_long(silence, kata, listener):
    waits_in_vain(silence, kata, listener, 0.01)
    # Nobody comes for a long while, which passes at once.
    for seconds in silence.longer(0.3, 5.5, 31.0, 61.0):
        passed = silence.passed
        waits_in_vain(silence, kata, listener, seconds)
        longer = silence.passed - passed > 1.1e9 * seconds
        assert not longer, f"your code waited for longer than the listener's timeout: {seconds} s"


def waits_in_vain(silence, kata, listener, seconds):
    """Let it wait for as long as the listener's timeout, and no client comes."""
    listener.settimeout(seconds)
    clock = silence.clock()
    other = "your code did not wait for as long as the listener's timeout"
    with raises_errno("TimeoutError", words="the time was over, and the caller never finds out", other=other):
        kata.accept_nonblocking(listener)
    waited = clock()
    assert listener.gettimeout() == seconds, "accept() failed, and your code changed the mode of the caller's listener"
    assert waited >= seconds, f"your code gave up before the listener's timeout was over: {seconds} s"


@requirement(4)
@hints(
    "accept() can fail for other reasons than an empty queue. Does the caller see which?",
    "Let every error of accept() propagate as it is: no except clause is needed.",
)
def test_a_socket_that_does_not_listen_is_an_error(kata, keep):
    deaf = keep(socket.socket())
    with raises_errno("EINVAL", words="the socket was not listening, and the caller never finds out"):
        kata.accept_nonblocking(deaf)
    deaf.close()
    with raises_errno("EBADF", "ValueError", words="the socket was closed, and the caller never finds out"):
        kata.accept_nonblocking(deaf)


@requirement(4)
@hints(
    "accept() fails, and another client is in the queue. Who decides whether to go on with that one?",
    "The caller does. Call accept() once, and let its error propagate as it is.",
)
@pytest.mark.parametrize("error", ["ECONNABORTED", "EMFILE", "ENETDOWN", "EPERM", "ETIMEDOUT"])
def test_an_error_of_accept_propagates_at_once(kata, listener, connect, keep, tape, error):
    queue_up(listener, connect, 1)
    keep(kata.accept_nonblocking(listener))
    needs_accept(tape)
    for mode in MODES:
        listener.settimeout(mode)
        # accept() fails once, and would return the next client if it were called again.
        with client_gone_before_accept(listener, error):
            connect(listener)
            wait_queued(listener, 2)
            with raises_errno(error, words="accept() failed, and the caller never finds out"):
                kata.accept_nonblocking(listener)
        left_in_queue(listener)


@requirement(3, 5, 6)
@hints(
    "While accept() waits, other threads make sockets too. In which mode are theirs?",
    "Do not call socket.setdefaulttimeout(): it is for every socket of the process.",
    "Only the connection needs another mode. Set it when accept() has returned.",
)
@hints(
    "The listener may be in use in other threads. In which mode is it while you wait?",
    "accept() waits as the listener's mode says. Do not change that mode, not even for the wait.",
    when="caller's listener",
)
def test_nothing_else_changes_while_it_waits(kata, listener, connect, keep, background):
    for mode in (None, 30.0):
        listener.settimeout(mode)
        wanted = mode_of(listener)
        accepting = background(kata.accept_nonblocking, listener)
        # The queue is empty, and the listener may wait: the call sleeps.
        accepting.asleep()
        assert mode_of(listener) == wanted, "your code changed the mode of the caller's listener while it waited"
        other = keep(socket.socket())
        assert other.gettimeout() is None, "another thread made a socket meanwhile, and your code changed its mode"
        connect(listener)
        keep(accepting.result())
        assert socket.getdefaulttimeout() is None, "your code changed the default timeout of the whole process"
