"""2.4: an accepted socket starts in blocking mode on Linux; whoever wants another mode sets it, on that socket."""

import contextlib
import socket

from dojo.suite import hints, is_nonblocking, raises_errno, requirement, wait_queued

FLAG = "your code did not set O_NONBLOCK on the connection: a read from it may sleep"


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
    assert is_nonblocking(conn), FLAG


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
    assert is_nonblocking(conn), FLAG


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
    assert is_nonblocking(conn), FLAG


@requirement(2, 6)
@hints(
    "Python gives the default timeout to every new socket, and to accepted ones too.",
    "Set the connection's mode after accept(), whatever it was.",
)
@hints(
    "The default timeout was 20 seconds before your call. What is it afterwards?",
    "Do not call socket.setdefaulttimeout(): it is for every socket of the process.",
    when="of the whole process",
)
def test_the_default_timeout_makes_no_difference(kata, listener, connect, keep):
    for mode in (None, 0.0, 30.0):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        with default_timeout(20):
            conn, _ = keep(kata.accept_nonblocking(listener))
            default = socket.getdefaulttimeout()
        words = "the default timeout was 20 seconds, and your code did not make the connection non-blocking"
        assert conn.gettimeout() == 0.0, words
        assert is_nonblocking(conn), FLAG
        assert default == 20, "your code changed the default timeout of the whole process"


@requirement(2)
@hints(
    "A client has connected and says nothing. What does recv() do on a non-blocking socket?",
    "It fails with EAGAIN at once. A timeout, however short, is another mode.",
)
def test_a_read_from_a_silent_client_does_not_wait(kata, listener, connect, keep):
    connect(listener)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(conn), FLAG
    with raises_errno("EAGAIN", words="the client was silent, and recv() on the connection waited before it gave up"):
        conn.recv(100)


@requirement(1)
@hints(
    "A connection has two addresses: this end's and the client's.",
    "accept() returns the connection and the client's address, in that order.",
)
def test_it_returns_the_connection_and_the_address_of_the_client(kata, listener, connect, keep):
    clients = [connect(listener) for _ in range(2)]
    wait_queued(listener, 2)
    for client in clients:
        # One call, one connection: the second client waits for the second call.
        conn, address = keep(kata.accept_nonblocking(listener))
        assert address == client.getsockname(), "your function did not return the address of the client"
        assert conn.getpeername() == client.getsockname(), "your function returned a connection to another client"


@requirement(5)
@hints(
    "Whose mode did you change: the listener's or the connection's?",
    "The listener belongs to the caller. Call setblocking() on the new socket only.",
)
def test_the_listener_keeps_its_mode(kata, listener, connect, keep):
    for mode in (None, 0.0, 30.0):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        keep(kata.accept_nonblocking(listener))
        assert listener.gettimeout() == mode, "your code changed the mode of the caller's listener"
        flag = is_nonblocking(listener)
        assert flag is (mode is not None), "your code changed O_NONBLOCK on the caller's listener, in the kernel"


@requirement(3, 4, 5)
@hints(
    "The queue is empty, and the listener is non-blocking. What should the caller get?",
    "Let the error of accept() propagate: no except clause is needed.",
)
def test_a_non_blocking_listener_without_a_client_is_an_error(kata, listener):
    listener.setblocking(False)
    with raises_errno("EAGAIN", words="the queue was empty, and the caller never finds out"):
        kata.accept_nonblocking(listener)
    assert listener.gettimeout() == 0.0, "accept() failed, and your code changed the mode of the caller's listener"


@requirement(3, 4, 5)
@hints(
    "A listener with a timeout lets accept() wait for so long. Does yours?",
    "Leave the listener's timeout alone, and let the TimeoutError of accept() propagate.",
)
def test_a_listener_with_a_timeout_waits_for_so_long(kata, listener):
    listener.settimeout(0.01)
    other = "your code did not wait for as long as the listener's timeout"
    with raises_errno("TimeoutError", words="the time was over, and the caller never finds out", other=other):
        kata.accept_nonblocking(listener)
    assert listener.gettimeout() == 0.01, "accept() failed, and your code changed the mode of the caller's listener"


@requirement(4)
@hints(
    "accept() can fail for other reasons than an empty queue. Does the caller see which?",
    "Let every error of accept() propagate as it is: no except clause is needed.",
)
def test_a_socket_that_does_not_listen_is_an_error(kata, keep):
    deaf = keep(socket.socket())
    with raises_errno("EINVAL", words="the socket was not listening, and the caller never finds out"):
        kata.accept_nonblocking(deaf)


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
    accepting = background(kata.accept_nonblocking, listener)
    # The listener is blocking, and its queue is empty: the call sleeps.
    accepting.asleep()
    assert not is_nonblocking(listener), "your code changed the mode of the caller's listener while it waited"
    other = keep(socket.socket())
    assert other.gettimeout() is None, "another thread made a socket meanwhile, and your code changed its mode"
    connect(listener)
    keep(accepting.result())
    assert socket.getdefaulttimeout() is None, "your code changed the default timeout of the whole process"
