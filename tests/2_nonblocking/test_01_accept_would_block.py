"""2.1: accept on a non-blocking listener returns a waiting connection or fails at once."""

import socket

from dojo.suite import (
    GONE,
    accept_fails,
    descriptors,
    hints,
    linux_only,
    raises_errno,
    read_to_end,
    reset_in_queue,
    wait_queued,
)


@hints(
    "A listener with nobody in its queue is in good order. How does a call that may not wait say so?",
    "It fails with EAGAIN. Python has an exception class of its own for that errno.",
    "except BlockingIOError: return what you have so far.",
)
def test_nobody_is_connecting(kata, listener):
    listener.setblocking(False)
    assert kata.accept_pending(listener) == [], "an empty queue is an empty list"


@hints(
    "How many connections does one accept() take from the queue?",
    "Go on accepting until accept() itself says that there is nobody left.",
)
def test_everybody_in_the_queue_is_accepted(kata, listener, connect, keep):
    listener.setblocking(False)
    for _ in range(3):
        connect(listener)
    wait_queued(listener, 3)
    # Three are waiting. What is left in the queue waits until somebody comes by again.
    accepted = keep(kata.accept_pending(listener))
    assert len(accepted) == 3, "one accept() takes one connection; the others are still in the queue"


@hints(
    "The queue hands connections out in the order in which they came.",
    "Append to a list and return it as it is.",
)
def test_they_come_in_the_order_of_arrival(kata, listener, crowd, keep):
    listener.setblocking(False)
    clients = crowd(listener)
    accepted = keep(kata.accept_pending(listener))
    assert len(accepted) == len(clients), "your function stopped accepting, and clients are still in the queue"
    names = [conn.getpeername() for conn in accepted]
    assert names == [client.getsockname() for client in clients], "first come, first served"


@hints(
    "What does the second call find, when the first has taken everybody?",
    "Keep nothing between the calls: each one starts with an empty list.",
)
def test_the_next_call_starts_afresh(kata, listener, connect, keep):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    keep(kata.accept_pending(listener))
    connect(listener)
    wait_queued(listener, 1)
    assert len(keep(kata.accept_pending(listener))) == 1, "the second call returns the second client alone"


@hints(
    "Is a closed listener the same as a listener with nobody in its queue?",
    "Which exceptions does your except clause catch? Catch only the one that means: nobody is there.",
)
def test_a_closed_listener_is_an_error_not_an_empty_queue(kata, listener):
    listener.close()
    with raises_errno("EBADF", "ValueError", words="a closed listener must not look like one with nobody in its queue"):
        kata.accept_pending(listener)


@hints(
    "A socket that never listened has no queue at all. What does accept() say to it?",
    "EINVAL is no BlockingIOError: let it out.",
)
def test_a_socket_that_never_listened_is_an_error(kata, keep):
    sock = keep(socket.socket())
    sock.setblocking(False)
    with raises_errno("EINVAL", words="accept() refused, and the caller never finds out"):
        kata.accept_pending(sock)


@hints(
    "The caller sees the error and never gets the list. Who closes the connections that are in it?",
    "Catch OSError after BlockingIOError, close what you have accepted, and raise again.",
)
def test_an_error_half_way_propagates_and_leaves_nothing_open(kata, listener, connect):
    listener.setblocking(False)
    client = connect(listener)
    connect(listener)
    wait_queued(listener, 2)
    with accept_fails(listener, after=1), raises_errno("EMFILE", words="the error of the second accept() is lost"):
        kata.accept_pending(listener)
    # The first connection was accepted and then nobody had it: it must be closed.
    assert read_to_end(client) == b"", "the connection accepted before the error is closed"


@hints(
    "Does a look at the queue change the mode of the caller's listener?",
    "The listener comes in non-blocking mode. Leave it in it.",
)
def test_the_listener_stays_as_it_was(kata, listener, tape):
    listener.setblocking(False)
    kata.accept_pending(listener)
    assert listener.gettimeout() == 0.0, "the caller's listener is still non-blocking"
    assert tape.waits() == [], "no call was one that sleeps"


@linux_only("a queue that keeps a connection after its reset")
@hints(
    "One of the connections that you close was reset. Which of your calls does not like that?",
    "shutdown() raises ENOTCONN then. close() does not, and it sends the end all the same.",
)
def test_after_an_error_a_connection_that_was_reset_is_closed_too(kata, listener, connect):
    listener.setblocking(False)
    clients = [connect(listener) for _ in range(4)]
    wait_queued(listener, 4)
    # The second one resets; three are accepted, and then accept() fails.
    reset_in_queue(clients[1])
    before = descriptors()
    words = "the error of accept() is lost"
    with accept_fails(listener, after=3), raises_errno("EMFILE", words=words, other=GONE):
        kata.accept_pending(listener)
    assert descriptors() == before, "a client had reset, and the connections accepted before the error were left open"
