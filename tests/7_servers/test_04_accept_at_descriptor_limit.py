"""7.4: at the limit of descriptors one client for each call is accepted and sent away, and the loop does not spin."""

import contextlib
import os
import resource
import socket

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    accept_fails,
    before_accept,
    client_gone_before_accept,
    descriptors,
    hints,
    is_nonblocking,
    is_readable,
    kernel_state,
    linux_only,
    lowest_free_descriptor,
    on_stub,
    ports,
    raises_errno,
    reset_in_queue,
    soon,
    wait_queued,
    wait_readable,
)


@pytest.fixture
def listener(listener):
    """The listener as the Acceptor gets it: non-blocking."""
    listener.setblocking(False)
    return listener


@pytest.fixture
def acceptor(kata, listener):
    """An Acceptor, which gives its reserve back when the test is over."""
    with contextlib.closing(kata.Acceptor(listener)) as made:
        yield made


@pytest.fixture
def queue(listener, connect):
    """`queue(number)`: so many clients, in the queue; nobody has accepted them."""

    def clients(number):
        queued = [connect(listener) for _ in range(number)]
        wait_queued(listener, number)
        return queued

    return clients


@contextlib.contextmanager
def no_room(limit=None):
    """In here no number is free for one more descriptor, until one is closed; with a limit, none from there on."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit or lowest_free_descriptor(), limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def duplicate():
    """A new descriptor, in a list, or none if there is no room for it."""
    with contextlib.suppress(OSError):
        return [os.dup(0)]
    return []


def free_numbers():
    """How many descriptors can still be opened."""
    opened = []
    with contextlib.suppress(OSError):
        while len(opened) < 100:
            opened.append(os.dup(0))
    for number in opened:
        os.close(number)
    return len(opened)


def is_open(number):
    """Whether there is something open under this number."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def is_connected(client):
    """Whether the other end of a client's connection is still open; the news of its end may be on its way."""
    known = ports(client)
    return kernel_state(*known) == "ESTABLISHED" if known else not is_readable(client)


@hints(
    "There is room, and somebody is in the queue. What does accept() return?",
    "The connection alone: the listener's accept() gives a pair.",
)
@on_stub(GREEN)
def test_as_long_as_there_is_room_it_accepts(acceptor, queue, keep):
    for client in queue(3):
        conn = keep(acceptor.accept())
        assert isinstance(conn, socket.socket), (
            "somebody was in the queue and there was room, and your accept() did not return a socket"
        )
        assert conn.getpeername() == client.getsockname(), "your code did not accept the client that came first"
        client.sendall(b"hello")
        wait_readable(conn, "what the client has sent")
        assert conn.recv(5) == b"hello", "your code closed the connection, which is the caller's"


@hints(
    "EAGAIN and EMFILE: which of them says that the limit is reached?",
    "BlockingIOError means that nobody is there. Take it before you look at other errors.",
)
@on_stub("EAGAIN")
def test_nobody_is_in_the_queue(acceptor, listener, tape):
    before = descriptors()
    for _ in range(2):
        assert acceptor.accept() is None, "nobody was in the queue, and your code did not return None"
    assert descriptors() == before, "nobody was in the queue, and your code gave the reserve away for it"
    assert is_nonblocking(listener), "your code made the listener blocking"
    assert tape.waits() == [], "nobody was in the queue, and your code waited"


@hints(
    "accept() raises EMFILE. Which number could the client have?",
    "Close the reserve, accept once more, and close what comes.",
)
@on_stub("EBADF")
def test_at_the_limit_a_client_is_sent_away(acceptor, listener, queue, tape):
    [client] = queue(1)
    with no_room():
        got = acceptor.accept()
        spins, ended = is_readable(listener), soon(lambda: is_readable(client))
        waited = [call.text for call in tape.waits()]
    assert waited == [], "at the limit your code waited, and the whole loop stood still"
    assert got is None, "there was no descriptor for a connection, and your code did not return None"
    assert not spins, (
        "no descriptor was left, and your code left the client in the queue: the loop will turn without a pause"
    )
    assert ended, "your code took the client from the queue, and did not close its connection: it waits for ever"
    assert client.recv(1) == b"", "the client had sent nothing, and its connection did not end in order"


@hints(
    "How many clients can one reserve send away?",
    "As many as come, if you open it anew each time, when the connection is closed.",
    "accept() by accept(): the caller will call again, because the listener is still readable.",
)
@on_stub("a client was sent away, and then there was room for another: your code left no reserve")
def test_each_call_sends_one_away(acceptor, listener, queue, keep):
    clients = queue(4)
    left, limit = [], lowest_free_descriptor()
    for _ in clients:
        with no_room(limit):
            got = keep(acceptor.accept())
        assert got is None, "a client was sent away, and then there was room for another: your code left no reserve"
        left.append([is_connected(client) for client in clients].count(True))
    spins = is_readable(listener)
    assert left[0] != 4, "the limit was reached, and your code sent nobody away: the loop will turn without a pause"
    assert left[0] == 3, "one call did not send away one client, the first in the queue"
    assert left == [3, 2, 1, 0], "a later call sent nobody away: each call should send one away"
    assert not spins, "everybody was sent away, and the listener was still readable"


@hints(
    "The client is sent away. What is in the place of the reserve now?",
    "Nothing, until you open it again. And before the connection is closed, there is no number for it.",
)
@on_stub("your code did not put the reserve in its place again")
def test_then_the_reserve_is_back(acceptor, queue):
    queue(2)
    for _ in range(2):
        with no_room():
            acceptor.accept()
            free = free_numbers()
        assert free == 0, "a client was sent away, and your code did not put the reserve in its place again"


@hints(
    "The limit is reached, and nobody is in the queue. What does accept() say, and then, with a free number?",
    "First EMFILE, and then EAGAIN: on this way, too, the reserve has to come back.",
    "try ... finally",
)
@on_stub("EAGAIN")
def test_at_the_limit_with_an_empty_queue_the_reserve_comes_back(acceptor, queue):
    with no_room():
        got = acceptor.accept()
        free = free_numbers()
    assert got is None, "the limit was reached and nobody was in the queue, and your code did not return None"
    assert free == 0, "nobody was in the queue, and your code did not put the reserve in its place again"
    [client] = queue(1)
    with no_room():
        acceptor.accept()
        ended = soon(lambda: is_readable(client))
    assert ended, "the limit was reached with an empty queue once, and the next client was not sent away"


@hints(
    "Something was closed, and there is room again. What uses it?",
    "accept() first, as always. What the limit was a moment ago does not matter.",
)
@on_stub("the limit was reached again")
def test_when_there_is_room_again_the_next_one_is_accepted(acceptor, queue, keep):
    first, second, third = queue(3)
    taken = os.dup(0)
    with no_room():
        acceptor.accept()
        assert soon(lambda: is_readable(first)), "the limit was reached, and your code did not send the client away"
        os.close(taken)
        conn = keep(acceptor.accept())
        after = keep(acceptor.accept())
    assert conn is not None, "a descriptor was free again, and your code sent the next client away all the same"
    assert conn.getpeername() == second.getsockname(), "your code did not accept the next client in the queue"
    # With this connection the limit is reached again.
    assert after is None, "the limit was reached again, and your accept() returned something"
    assert third.recv(1) == b"", "the limit was reached again, and your code did not send the next one away"


@hints(
    "You have closed the reserve. What gets its number?",
    "The thread that asks first: accept() may raise EMFILE once more, and there may be no number for a new reserve.",
    "Return None then, and try to take a new reserve at the next call.",
)
@on_stub("EMFILE")
def test_another_thread_takes_the_number_meanwhile(kata, listener, queue, keep):
    opened = []
    with contextlib.closing(kata.Acceptor(listener)) as acceptor:
        first, second = queue(2)
        with no_room(), before_accept(listener, lambda: opened or opened.extend(duplicate())):
            got = acceptor.accept()
        assert opened, "the limit was reached, and your code did not give up the reserve for the client"
        assert got is None, "another thread had taken the number, and your code did not return None"
        assert not is_readable(first), "the number was taken: your code did not leave the client in the queue"
        os.close(opened[0])
        # There is room now, for a client and for a new reserve.
        conn = keep(acceptor.accept())
        assert conn is not None, "a descriptor was free again: your code did not accept the next client"
        with no_room():
            acceptor.accept()
            ended = soon(lambda: is_readable(second))
        assert ended, "another thread had taken the reserve's number, and there never was a new reserve"


@hints(
    "Which errors mean that the limit is reached, and what about all the others?",
    "Look at errno. What you do not know the answer to, the caller has to know: raise.",
)
@on_stub("EBADF")
def test_any_other_error_propagates(kata, listener, queue):
    queue(2)
    before = descriptors()
    for name in ("EINVAL", "EPERM"):
        with contextlib.closing(kata.Acceptor(listener)) as acceptor:
            words = "accept() failed, and the caller never finds out"
            with raises_errno(name, words=words), accept_fails(listener, name):
                acceptor.accept()
            assert descriptors() == before + 1, "accept() failed for another reason, and the reserve was gone"
    with contextlib.closing(kata.Acceptor(listener)) as acceptor:
        listener.close()
        with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
            acceptor.accept()


@hints(
    "What belongs to the Acceptor, and what to the caller?",
    "The reserve alone is the Acceptor's. The listener and the connections are not.",
    "Once it is closed, its number may be anybody's: remember that you have none, and do not close it again.",
)
@on_stub("closed what is not its own")
def test_close_gives_the_reserve_back_and_nothing_else(kata, listener, queue, keep):
    before = descriptors()
    acceptor = kata.Acceptor(listener)
    queue(2)
    conn = keep(acceptor.accept())
    with no_room():
        acceptor.accept()
    # The clients and the connection are not the Acceptor's; nor is what is opened now.
    for _ in range(2):
        other = keep(os.dup(0))
        acceptor.close()
        assert is_open(other), "your close() closed what is not its own: the number was somebody else's by then"
    assert descriptors() == before + 5, "the Acceptor was closed, and left something of its own open"
    assert listener.fileno() != -1 and conn.fileno() != -1, (
        "your close() closed the listener or the connection, which are the caller's"
    )


@hints(
    "A client connected and was gone before you took it. Is that an error of the listener?",
    "accept() raises ConnectionAbortedError for it: there is no connection to return. The next client may be there.",
)
@on_stub("EAGAIN")
def test_a_client_that_was_gone_before_is_skipped(acceptor, listener, queue, keep):
    with client_gone_before_accept(listener):
        assert acceptor.accept() is None, (
            "the client was gone before accept() returned, and your code did not return None"
        )
        [client] = queue(1)
        conn = keep(acceptor.accept())
    assert conn is not None, "one client was gone before accept() returned, and your code did not accept the next one"
    assert conn.getpeername() == client.getsockname(), "your code did not accept the next one in the queue"
    with no_room():
        acceptor.accept()
        assert free_numbers() == 0, "a client was gone before accept() returned, and the reserve was not in its place"


@linux_only("a queue that keeps a connection after its reset")
@hints(
    "The client that you send away has reset meanwhile. Which of your calls does not like that?",
    "shutdown() raises ENOTCONN then. close() does not, and it sends the end all the same.",
)
@on_stub("the reserve was not in its place")
def test_at_the_limit_a_client_that_has_reset_is_sent_away_too(acceptor, listener, queue):
    gone, client = queue(2)
    reset_in_queue(gone)
    for number in (1, 2):
        with no_room():
            try:
                got = acceptor.accept()
            except OSError as error:
                words = "at the limit a client had reset, and your code raised the error of its connection"
                raise Finding(words, "None", f"{type(error).__name__}: {error}") from error
            free = free_numbers()
        assert got is None, "there was no descriptor for a connection, and your code did not return None"
        assert free == 0, f"client {number} was sent away, and the reserve was not in its place again"
    assert client.recv(1) == b"", "the client had sent nothing, and its connection did not end in order"
