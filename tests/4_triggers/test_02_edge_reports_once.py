"""4.2: an edge-triggered listener is reported when clients arrive, not while they wait."""

import select

import pytest

from dojo.suite import (
    GONE,
    GREEN,
    Finding,
    accept_fails,
    accept_queue,
    descriptors,
    hints,
    interest,
    is_nonblocking,
    kernel_says,
    linux_only,
    on_stub,
    raises_errno,
    read_to_end,
    reset_in_queue,
    wait_queued,
)

pytestmark = linux_only("epoll")


@pytest.fixture
def door(epoll, listener):
    """The listener, non-blocking and watched by `epoll`, edge-triggered."""
    listener.setblocking(False)
    epoll.register(listener, select.EPOLLIN | select.EPOLLET)
    return listener


@pytest.fixture
def arrive(connect, door):
    """`arrive(n)`: so many clients connect, and stand in the queue when it returns."""

    def come(number):
        waiting, _ = accept_queue(door)
        clients = [connect(door) for _ in range(number)]
        wait_queued(door, waiting + number)
        return clients

    return come


@on_stub("nothing is written here yet")
@hints(
    "What does EPOLLET report: that clients are there, or that clients have come?",
    "All three came before the first answer, and nobody came after it.",
    "Edges that nobody has taken yet are one report: the first answer holds it.",
)
def test_the_reports_for_three_clients_were_predicted(kata, epoll, arrive):
    predicted = kata.REPORTS
    if predicted is None:
        raise Finding("Predict first: REPORTS is still None", "a list of four numbers", "nothing is written here yet")
    arrive(3)
    # All three stand in the queue, and there they stay.
    counted = [len(epoll.poll(0)) for _ in range(4)]
    kernel_says("REPORTS", predicted, counted)
    if predicted != counted:
        words = "REPORTS is your prediction; the epoll object reported otherwise"
        raise Finding(words, f"REPORTS = {counted}, as the kernel did it", f"REPORTS = {predicted!r}")


@on_stub(GREEN)
@hints(
    "The report is there. Which call makes a connection of it?",
    "accept() gives a socket of its own for the client. Return that one, and leave it open.",
)
def test_one_client_is_accepted(kata, epoll, door, arrive, keep):
    (client,) = arrive(1)
    accepted = keep(kata.accept_on_edge(epoll, door))
    assert len(accepted) == 1, "one client was in the queue, and your code did not return one connection"
    assert accepted[0].fileno() != -1, "your code returned a closed connection: it belongs to the caller"
    accepted[0].sendall(b"hello")
    accepted[0].close()
    assert read_to_end(client) == b"hello", "what was sent on the connection did not arrive at the client"


@on_stub("one report came for three clients, and your code left some in the queue: they are not reported again")
@hints(
    "Three clients have come, and epoll reports one event. What tells of the other two?",
    "Nobody does. Go on accepting until accept() itself says that the queue is empty.",
    "Non-blocking, it says so with BlockingIOError: that is the end of the loop.",
)
def test_everybody_in_the_queue_is_accepted(kata, epoll, door, arrive, keep):
    arrive(3)
    # Three clients, one edge. A client that is left in the queue now is never reported again.
    accepted = keep(kata.accept_on_edge(epoll, door))
    assert len(accepted) == 3, (
        "one report came for three clients, and your code left some in the queue: they are not reported again"
    )


@on_stub("your function stopped accepting")
@hints(
    "A hundred clients and one more came, and one report tells of them. How many accept() calls does your loop make?",
    "As many as it takes until accept() itself says that nobody is left: no number of clients is the last.",
)
def test_however_many_wait_everybody_is_accepted(kata, epoll, door, crowd, keep):
    clients = crowd(door)
    accepted = keep(kata.accept_on_edge(epoll, door))
    assert len(accepted) == len(clients), "your function stopped accepting, and no report will tell of the others"


@on_stub(GREEN)
@hints(
    "When the queue has been emptied, what does the next client mean to epoll?",
    "A new edge. Keep nothing between the calls: each returns its own connections.",
)
def test_the_next_client_is_a_new_edge(kata, epoll, door, arrive, keep):
    for number in (1, 2, 3):
        (client,) = arrive(1)
        accepted = keep(kata.accept_on_edge(epoll, door))
        names = [conn.getpeername() for conn in accepted]
        assert names == [client.getsockname()], f"call {number} did not return the client that came since the last call"


@on_stub("your code did not return all in the queue: the new client, behind those that no report had told of")
@hints(
    "The report tells that somebody came. Is that client the first in the queue?",
    "Others may stand in front of it, from an edge that somebody did not follow to its end.",
)
def test_a_new_edge_also_stands_for_clients_that_were_left(kata, epoll, door, arrive, keep):
    clients = arrive(3)
    # Somebody has taken the report and accepted one. For the other two there is no further report.
    epoll.poll(0)
    keep(door.accept()[0])
    assert epoll.poll(0) == [], "no edge for those who are still in the queue"
    clients += arrive(1)
    accepted = keep(kata.accept_on_edge(epoll, door))
    names = [conn.getpeername() for conn in accepted]
    wanted = [client.getsockname() for client in clients[1:]]
    assert names == wanted, (
        "your code did not return all in the queue: the new client, behind those that no report had told of"
    )


@on_stub("first come, first served")
@hints(
    "The queue hands connections out in the order in which they came.",
    "Append to a list and return it as it is.",
)
def test_they_come_in_the_order_of_arrival(kata, epoll, door, arrive, keep):
    clients = arrive(4)
    accepted = keep(kata.accept_on_edge(epoll, door))
    names = [conn.getpeername() for conn in accepted]
    assert names == [client.getsockname() for client in clients], (
        "your code did not return all clients in the order of arrival: first come, first served"
    )


@on_stub("your code made the non-blocking listener blocking: the next accept() would sleep")
@hints(
    "The last accept() finds nobody. What does it do then on a blocking listener?",
    "It sleeps until somebody comes. The listener is non-blocking when you get it: leave it so.",
)
def test_the_listener_stays_non_blocking(kata, epoll, door, arrive, keep, tape):
    arrive(2)
    keep(kata.accept_on_edge(epoll, door))
    assert door.gettimeout() == 0.0, "your code made the non-blocking listener blocking: the next accept() would sleep"
    assert is_nonblocking(door), "your code took O_NONBLOCK off the listener in the kernel"
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited, though the clients were there: do not wait for more"


@on_stub(GREEN)
@hints(
    "The epoll object is the caller's, and so is what it watches.",
    "If you change the registration for a while, put it back: EPOLLIN | EPOLLET.",
)
def test_the_listener_stays_registered_as_it_was(kata, epoll, door, arrive, keep):
    before = interest(epoll)
    arrive(1)
    keep(kata.accept_on_edge(epoll, door))
    arrive(2)
    keep(kata.accept_on_edge(epoll, door))
    assert interest(epoll) == before, "your code left the listener watched with another mask, or not at all"


@on_stub("your code took an error of accept() for an empty queue: the client waits for ever")
@hints(
    "Clients are in the queue, and accept() fails for another reason. Is that an empty queue?",
    "Which exceptions does the except clause take? Only one of them means that nobody is there.",
    "except BlockingIOError, and no other.",
)
def test_an_error_is_no_empty_queue(kata, epoll, door, arrive):
    arrive(1)
    words = "your code took an error of accept() for an empty queue: the client waits for ever"
    with raises_errno("EMFILE", words=words), accept_fails(door):
        kata.accept_on_edge(epoll, door)


@on_stub("the error of the second accept() did not propagate")
@hints(
    "The caller sees the error and never gets the list. What closes the connections in it?",
    "Catch OSError after BlockingIOError, close what you have accepted, and raise again.",
)
def test_an_error_half_way_leaves_nothing_open(kata, epoll, door, arrive):
    arrive(2)
    before = descriptors()
    words = "two were in the queue, and the error of the second accept() did not propagate"
    with accept_fails(door, after=1), raises_errno("EMFILE", words=words):
        kata.accept_on_edge(epoll, door)
    # The first connection was accepted, and with the error nobody gets it.
    assert descriptors() == before, "the connection accepted before the error was left open"


@on_stub("the error of accept() did not propagate")
@hints(
    "One of the connections that you close was reset. Which of your calls does not like that?",
    "shutdown() raises ENOTCONN then. close() does not, and it sends the end all the same.",
)
def test_after_an_error_a_connection_that_was_reset_is_closed_too(kata, epoll, door, arrive):
    clients = arrive(4)
    # The second one resets; three are accepted, and then accept() fails.
    reset_in_queue(clients[1])
    before = descriptors()
    words = "the error of accept() did not propagate"
    with accept_fails(door, after=3), raises_errno("EMFILE", words=words, other=GONE):
        kata.accept_on_edge(epoll, door)
    assert descriptors() == before, "a client had reset, and the connections accepted before the error were left open"
