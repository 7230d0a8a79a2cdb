"""2.1: accept on a non-blocking listener returns a waiting connection or fails at once."""

import contextlib
import socket
import sys

import pytest

from dojo.suite import (
    GONE,
    Finding,
    accept_fails,
    descriptors,
    hints,
    linux_only,
    over,
    raises_errno,
    read_to_end,
    requirement,
    reset_in_queue,
    rival,
    soon,
    wait_queued,
)

MANY = 129  # clients: more than a queue is long by default


@requirement(3)
@hints(
    "An empty queue is nothing unusual. How does a call that must not wait report it?",
    "It fails with EAGAIN. Python has an exception class of its own for that errno.",
    "except BlockingIOError: return the connections that you have so far.",
)
def test_nobody_is_connecting(kata, listener):
    listener.setblocking(False)
    assert kata.accept_pending(listener) == [], "the queue was empty, and your function returned something else than []"


@requirement(1)
@hints(
    "How many connections does one accept() take from the queue?",
    "Call accept() in a loop until it fails with EAGAIN.",
)
def test_everybody_in_the_queue_is_accepted(kata, listener, connect, keep):
    listener.setblocking(False)
    for _ in range(3):
        connect(listener)
    wait_queued(listener, 3)
    # Three are waiting. What is left in the queue waits until somebody calls the function again.
    accepted = keep(kata.accept_pending(listener))
    kinds = {"connections" if isinstance(one, socket.socket) else type(one).__name__ for one in accepted}
    assert kinds == {"connections"}, "your list did not hold just the connections: accept() returns an address, too"
    assert len(accepted) == 3, "your function left clients in the queue: one accept() takes one connection"


@requirement(1, 2)
@hints(
    "The queue hands out connections in the order in which they arrived.",
    "Append each connection to a list and return that list.",
)
@hints(
    "What ends your loop: a number in your code, or the kernel?",
    "Only EAGAIN from accept() says that the queue is empty. Loop until then.",
    when="stopped accepting",
)
@hints(
    "What happens to Python's stack if there are ten thousand clients?",
    "A function that calls itself for each client comes to its end. Use a loop.",
    when="stack",
)
def test_they_come_in_the_order_of_arrival(kata, listener, crowd, keep):
    listener.setblocking(False)
    clients = crowd(listener, MANY)
    with little_stack():
        accepted = keep(kata.accept_pending(listener))
    assert len(accepted) == len(clients), "your function stopped accepting, and clients were still in the queue"
    names = [conn.getpeername() for conn in accepted]
    arrived = [client.getsockname() for client in clients]
    assert names == arrived, "your function returned the connections in another order than they arrived"


@contextlib.contextmanager
def little_stack():
    """A stack that ends after so many calls in calls as there are clients, as a whole one after a thousand."""
    depth, frame = 0, sys._getframe()
    while frame := frame.f_back:
        depth += 1
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + MANY)
    try:
        yield
    except RecursionError as error:
        words = "your function called itself for each client: a longer queue than the stack is deep ended it"
        raise Finding(words, "one call should accept all of them", "your code raised RecursionError") from error
    finally:
        sys.setrecursionlimit(limit)


@requirement(3, 4, 5)
@hints(
    "You ask whether there is a client, and then you accept it. What can another thread do in between?",
    "accept() may find the queue empty whatever select() said: catch BlockingIOError there.",
)
def test_somebody_else_takes_the_client_first(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    # Another process has the same listener, and is faster.
    with rival(listener):
        accepted = keep(kata.accept_pending(listener))
    assert accepted == [], "somebody else took the only client, and your function returned something else than []"


def peer_of(conn):
    """The address of a connection's peer; "reset" if the kernel has none any more."""
    try:
        return conn.getpeername()
    except OSError:
        return "reset"


@requirement(2)
@hints(
    "By what do you tell two connections apart? Two clients can come from the same address, one after the other.",
    "Append what accept() returned. Do not sort it, and do not use the address as a key.",
)
@hints(
    "One of the clients has reset. Which of your calls fails on its connection?",
    "getpeername() raises ENOTCONN there. accept() has told the address already, and nobody asked for it.",
    when="ENOTCONN",
)
@linux_only("a queue that keeps a connection after its reset")
def test_the_address_of_a_client_does_not_matter(kata, listener, keep, tape):
    listener.setblocking(False)
    *clients, again = keep([socket.socket() for _ in range(4)])
    for client in clients:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.bind(("127.0.0.1", 0))
    clients.sort(key=socket.socket.getsockname, reverse=True)
    first, second, last = [client.getsockname() for client in clients]
    again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    again.bind(last)
    for number, client in enumerate([*clients, again], start=1):
        tape.label(client, f"client {number}")
        if client is again:  # the one before it resets, and its port is used once more
            reset_in_queue(clients[-1])
        client.connect(listener.getsockname())
    names = [peer_of(conn) for conn in keep(kata.accept_pending(listener))]
    assert len(names) == 4, "four clients came, two of them from one address, and your function did not return four"
    arrived = [first, second, "reset", last]
    assert names == arrived, "your function returned the connections in another order than they arrived"


@requirement(2, 4)
@hints(
    "What should the second call find, after the first has emptied the queue?",
    "Keep nothing between calls: each one starts with an empty list.",
)
def test_the_next_call_starts_afresh(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    keep(kata.accept_pending(listener))
    assert listener.fileno() != -1, "your function closed the caller's listener"
    connect(listener)
    wait_queued(listener, 1)
    second = keep(kata.accept_pending(listener))
    assert len(second) == 1, "one client came since the first call, and the second call did not return just that one"


@requirement(5)
@hints(
    "Is a closed listener the same as an empty queue?",
    "Which exceptions does your except clause catch? It should catch only the one for an empty queue.",
)
@hints(
    "The caller wants to know why accept() failed. What is left of that in your exception?",
    "Let the exception of accept() propagate as it is: a bare `raise`, and no exception of your own.",
    when="another exception",
)
def test_a_closed_listener_is_an_error_not_an_empty_queue(kata, listener):
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
        kata.accept_pending(listener)


@requirement(5)
@hints(
    "A socket that never listened has no queue at all. How does accept() fail on it?",
    "EINVAL is not a BlockingIOError: let it propagate.",
)
def test_a_socket_that_never_listened_is_an_error(kata, keep):
    sock = keep(socket.socket())
    sock.setblocking(False)
    with raises_errno("EINVAL", words="accept() failed, and the caller never finds out"):
        kata.accept_pending(sock)


@requirement(5, 6)
@hints(
    "The caller gets the error and never sees the list. Who closes the connections in it?",
    "Catch OSError after BlockingIOError, close what you have accepted, and raise again.",
)
@hints(
    "The second accept() failed. What does your except clause do with that error?",
    "Only BlockingIOError means an empty queue. Let every other error propagate.",
    when="never finds out",
)
@pytest.mark.parametrize("error", ["EMFILE", "ECONNABORTED"])
def test_an_error_half_way_propagates_and_leaves_nothing_open(kata, listener, connect, error):
    listener.setblocking(False)
    client = connect(listener)
    connect(listener)
    wait_queued(listener, 2)
    words = "the second accept() failed, and the caller never finds out"
    with accept_fails(listener, error, after=1), raises_errno(error, words=words):
        kata.accept_pending(listener)
    # The first connection was accepted, and nobody got it.
    first = "closed" if soon(lambda: over(client)) else "open"
    assert first == "closed", "the second accept() failed, and your code left the first connection open"
    assert read_to_end(client) == b"", "your code sent something before it closed the connection"


@requirement(4)
@hints(
    "Does your function have to change the listener's blocking mode?",
    "The listener is already non-blocking. Leave it in that mode.",
)
@hints(
    "The listener is non-blocking. Which of your calls waits all the same?",
    "No time.sleep() and no timeout: accept() itself reports an empty queue at once.",
    when="your code waited",
)
def test_the_listener_stays_as_it_was(kata, listener, connect, keep, tape):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    keep(kata.accept_pending(listener))
    assert listener.gettimeout() == 0.0, "your code changed the blocking mode of the caller's listener"
    waits = [call.text for call in tape.waits()]
    assert waits == [], "your code waited for a client, although the listener is non-blocking"


@linux_only("a queue that keeps a connection after its reset")
@requirement(4, 5, 6)
@hints(
    "One of the connections that you close was reset. Which of your calls fails on it?",
    "shutdown() raises ENOTCONN there. close() does not, and it sends the end as well.",
)
@hints(
    "accept() failed. Whose socket is the listener still?",
    "Close the connections that this call accepted, and nothing else. The caller decides about the listener.",
    when="caller's listener",
)
def test_after_an_error_a_connection_that_was_reset_is_closed_too(kata, listener, connect):
    listener.setblocking(False)
    clients = [connect(listener) for _ in range(4)]
    wait_queued(listener, 4)
    # The second one resets; three are accepted, and then accept() fails.
    reset_in_queue(clients[1])
    before = descriptors()
    words = "accept() failed, and the caller never finds out"
    with accept_fails(listener, after=3), raises_errno("EMFILE", words=words, other=GONE):
        kata.accept_pending(listener)
    assert listener.fileno() != -1, "accept() failed, and your function closed the caller's listener"
    assert descriptors() == before, "accept() failed, and your code left connections open, one of them reset"
