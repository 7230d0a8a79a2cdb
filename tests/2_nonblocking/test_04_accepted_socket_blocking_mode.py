"""2.4: an accepted socket starts in blocking mode on Linux; whoever wants another mode sets it, on that socket."""

import contextlib
import socket

from dojo.suite import hints, is_nonblocking, raises_errno, wait_queued


@contextlib.contextmanager
def default_timeout(seconds):
    """A default timeout for the sockets that this process makes, until the block ends."""
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(None)


@hints(
    "Do not ask what the listener's mode is. Ask what the mode of the new socket is.",
    "On Linux accept() does not hand on O_NONBLOCK. Set it on the connection.",
    "conn.setblocking(False) after accept().",
)
def test_the_kernel_has_it_non_blocking(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    # The listener is non-blocking. Is the connection?
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(conn) is True, "O_NONBLOCK is not set on the connection: a read from it may sleep"


@hints(
    "Two sides keep a mode: the kernel in a flag, and Python in the socket object.",
    "os.set_blocking() and fcntl tell the kernel alone. Which method of the socket tells both?",
)
def test_python_has_it_non_blocking(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert conn.gettimeout() == 0.0, "Python has the connection down in another mode: 0.0 means non-blocking"


@hints(
    "A blocking listener gives a blocking connection. Is that what the brief wants?",
    "The connection's mode has nothing to do with the listener's: set it always, to the same.",
)
def test_so_it_is_with_a_blocking_listener(kata, listener, connect, keep):
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert conn.gettimeout() == 0.0, "the listener blocks, the connection must not"
    assert is_nonblocking(conn), "the kernel's O_NONBLOCK is set"


@hints(
    "A listener with a timeout is a third mode, beside blocking and non-blocking.",
    "Do not copy the listener's timeout to the connection, and do not ask for it.",
)
def test_so_it_is_with_a_listener_that_has_a_timeout(kata, listener, connect, keep):
    listener.settimeout(30)
    connect(listener)
    wait_queued(listener, 1)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert conn.gettimeout() == 0.0, "the timeout is the listener's, and not the connection's"
    assert is_nonblocking(conn), "the kernel's O_NONBLOCK is set"


@hints(
    "With a default timeout Python gives that timeout to each new socket, accepted ones too.",
    "Set the connection's mode after accept(), and do not touch the default.",
)
def test_so_it_is_whatever_the_default_timeout(kata, listener, connect, keep):
    for mode in (None, 0.0, 30.0):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        with default_timeout(20):
            conn, _ = keep(kata.accept_nonblocking(listener))
            default = socket.getdefaulttimeout()
        assert conn.gettimeout() == 0.0, "the default timeout is 20 seconds; this connection has a mode of its own"
        assert is_nonblocking(conn), "the kernel's O_NONBLOCK is set"
        assert default == 20, "the default timeout is the whole process's, and stays as it was"


@hints(
    "Somebody has connected and says nothing. What does recv() do on a non-blocking socket?",
    "It fails with EAGAIN at once: neither a wait nor a timeout, however short.",
)
def test_a_silent_client_makes_nobody_wait(kata, listener, connect, keep):
    connect(listener)
    conn, _ = keep(kata.accept_nonblocking(listener))
    assert is_nonblocking(conn), "O_NONBLOCK is not set on the connection: a read from it may sleep"
    with raises_errno("EAGAIN", words="the client is silent, and recv() waited for it before it gave up"):
        conn.recv(100)


@hints(
    "Two addresses belong to a connection: this end's and the other end's.",
    "accept() returns the connection and the address of the other end, in that order.",
)
def test_it_returns_the_connection_and_its_peer(kata, listener, connect, keep):
    clients = [connect(listener) for _ in range(2)]
    wait_queued(listener, 2)
    for client in clients:
        # One call, one connection: the second client waits for the second call.
        conn, address = keep(kata.accept_nonblocking(listener))
        assert address == client.getsockname(), "the address is that of the client, as accept() gives it"
        assert conn.getpeername() == client.getsockname(), "the connection is the one to that client"


@hints(
    "Whose mode did you change: the listener's or the connection's?",
    "The listener is the caller's. setblocking() and settimeout() are for the new socket.",
)
def test_the_listener_keeps_its_mode(kata, listener, connect, keep):
    for mode in (None, 0.0, 30.0):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        keep(kata.accept_nonblocking(listener))
        assert listener.gettimeout() == mode, "the listener is the caller's, and so is its mode"
        assert is_nonblocking(listener) is (mode is not None), "the kernel's flag on the listener is as it was"


@hints(
    "Nobody is there, and the listener may not wait. What does the caller want to know?",
    "Let out what accept() raises: no except clause is needed.",
)
def test_nobody_at_a_non_blocking_listener(kata, listener):
    listener.setblocking(False)
    with raises_errno("EAGAIN", words="nobody is there and the listener may not wait: the caller is not told"):
        kata.accept_nonblocking(listener)
    assert listener.gettimeout() == 0.0, "the listener is the caller's, and so is its mode"


@hints(
    "A listener with a timeout lets accept() wait so long, and then gives up.",
    "Leave the listener's timeout alone, and let its TimeoutError out.",
)
def test_nobody_at_a_listener_with_a_timeout(kata, listener):
    listener.settimeout(0.01)
    with raises_errno("TimeoutError", words="accept() waits as long as the listener's timeout says, and then raises"):
        kata.accept_nonblocking(listener)
    assert listener.gettimeout() == 0.01, "the listener is the caller's, and so is its mode"


@hints(
    "While accept() waits, other threads make sockets too. Are theirs as they would be without you?",
    "Do not use socket.setdefaulttimeout(): it is for every socket of the process, from now on.",
    "Only the connection needs another mode, and it is there when accept() returns.",
)
def test_other_sockets_are_made_as_usual_meanwhile(kata, listener, connect, keep, background):
    accepting = background(kata.accept_nonblocking, listener)
    # The listener is blocking and nobody is there: the call sleeps.
    accepting.asleep()
    other = keep(socket.socket())
    assert other.gettimeout() is None, "a socket that has nothing to do with this call is born in another mode"
    connect(listener)
    conn, _ = keep(accepting.result())
    assert conn.gettimeout() == 0.0, "the connection is non-blocking"
    assert socket.getdefaulttimeout() is None, "the default timeout is the whole process's, and stays as it was"
