"""1.2: the kernel completes connections without accept, and the backlog limits how many."""

import errno
import re
import socket

from dojo.suite import (
    GREEN,
    Finding,
    accept_queue,
    hints,
    kernel_says,
    linux_only,
    listen_fails,
    on_stub,
    raises_errno,
    read_exactly,
    requirement,
    tcp_state,
    unread,
    wait_queued,
    wait_unread,
    wait_until,
)


@requirement(1)
@hints(
    "A socket that has an address is not yet one that clients can connect to. What is the third step?",
    "socket(), bind(), listen(), in this order.",
)
def test_it_returns_a_socket_that_listens(kata, keep):
    listener = keep(kata.open_listener(5))
    listening = bool(listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    assert listening is True, "your code returned a socket that does not listen: it refuses every client"


@requirement(2)
@hints(
    "An address is a host and a port. Which interfaces does an empty string as the host mean?",
    'All of them. Bind to "127.0.0.1": no other machine can connect to that.',
)
def test_only_this_machine_can_reach_it(kata, keep):
    listener = keep(kata.open_listener(5))
    assert listener.getsockname()[0] == "127.0.0.1", "your listener was bound to another interface than the loopback"


@requirement(1, 3)
@hints(
    "Can two listeners have the same port at once? Who knows which ports are free?",
    "The kernel does: port 0 in bind() means any free one.",
)
@hints(
    "Your code returned the same socket twice. Where did it keep the first one?",
    "Make a new socket at each call, and remember none.",
    when="same listener",
)
def test_each_listener_has_a_port_of_its_own(kata, keep):
    one = keep(kata.open_listener(5))
    other = keep(kata.open_listener(5))
    if one is other:
        raise Finding("two calls returned the same listener", "a new socket at each call", "the same socket twice")
    port, second_port = (sock.getsockname()[1] for sock in (one, other))
    assert second_port != port, "two listeners got the same port"


@requirement(3)
@hints(
    "Which ports are free? Who knows?",
    "The kernel does. Port 0 in bind() leaves the choice to it; a number that you draw may be in use.",
)
def test_the_kernel_chooses_the_port(kata, keep, tape):
    for _ in range(2):
        keep(kata.open_listener(5))
    for args in [call.args for call in tape.calls() if call.name == "bind"]:
        if not re.search(r"\b0\)?$", args):
            raise Finding("your code chose the port itself", "port 0 in bind()", f"bind({args})")


@requirement(4)
@linux_only("a listener whose backlog can be read back")
@hints(
    "Which call tells the kernel how long the queue may be? What does it take if you tell it nothing?",
    "listen(backlog), the number as it came: 0 is a backlog too, and nothing is added or taken away.",
)
def test_the_backlog_is_the_one_that_was_asked_for(kata, keep):
    backlogs = [accept_queue(keep(kata.open_listener(backlog)))[1] for backlog in (5, 1, 0)]
    assert backlogs == [5, 1, 0], "your code passed the kernel another backlog than the caller's"


@requirement(4)
@hints(
    "A backlog may be larger than the kernel allows. Who cuts it?",
    "The kernel does: listen(backlog), the number as it came.",
)
def test_a_large_backlog_is_passed_on_as_it_is(kata, keep, tape):
    keep(kata.open_listener(1_000_000))
    given = [call.args for call in tape.calls() if call.name == "listen"]
    assert given[-1:] == ["1000000"], "your code passed the kernel another backlog than the caller's"


@requirement(1)
@hints(
    "What does connect() wait for: for your accept(), or for the kernel?",
    "For the kernel. It needs no help from you, only a socket that listens.",
)
def test_a_second_client_is_connected_while_nobody_accepts(kata, keep, connect):
    listener = keep(kata.open_listener(5))
    first, second = connect(listener), connect(listener)
    # Both connect() calls have returned, and accept() was never called.
    wait_queued(listener, 2)
    names = [keep(listener.accept()[0]).getpeername() for _ in range(2)]
    assert names == [first.getsockname(), second.getsockname()], "the clients left the queue in another order"


@requirement(1)
@hints(
    "Where are the bytes of a client that nobody has accepted yet?",
    "In the kernel, in the receive queue of the connection. Your code need not do anything for that.",
)
def test_what_a_client_sends_early_is_there_after_accept(kata, keep, connect):
    listener = keep(kata.open_listener(5))
    client = connect(listener)
    client.sendall(b"are you there?")
    wait_queued(listener, 1)
    conn = keep(listener.accept()[0])
    wait_unread(conn, 14)
    assert conn.recv(100) == b"are you there?", "what the client sent before accept() was lost"


def one_after_the_other(listener):
    """Program 1 in short: echo to a client until it leaves, and only then accept the next."""
    for _ in range(2):
        conn, _ = listener.accept()
        with conn:
            while data := conn.recv(100):
                conn.sendall(data)


@requirement(1)
@hints(
    "Two clients are connected, and the server is busy with one. What becomes of the other's bytes?",
    "They wait in the kernel. All that this needs is a listener with room for a second client.",
)
def test_the_second_is_answered_when_the_first_has_left(kata, keep, connect, background):
    listener = keep(kata.open_listener(5))
    first, second = connect(listener), connect(listener)
    wait_queued(listener, 2)
    second.sendall(b"me too")
    serving = background(one_after_the_other, listener)
    first.sendall(b"me")
    assert read_exactly(first, 2) == b"me"
    # The server is with the first client. The second is connected, has sent, and hears nothing.
    assert unread(second) == 0, "the second client got an answer while the first was being served"
    first.close()
    assert read_exactly(second, 6) == b"me too", "the first client had left, and the second one got no answer"
    second.close()
    serving.result()


def settled(listener, arrivals):
    """Whether each of so many arrivals is in the queue, or the queue is full."""
    waiting, backlog = accept_queue(listener)
    return waiting == arrivals or waiting > backlog


def arrive(listener, clients, keep, tape):
    """Let clients come one after the other while nobody accepts; the TCP state of each."""
    socks = []
    for number in range(1, clients + 1):
        sock = keep(socket.socket())
        tape.label(sock, f"client {number}")
        sock.setblocking(False)
        refused = sock.connect_ex(listener.getsockname()) == errno.ECONNREFUSED
        assert refused is False, "your code returned a socket that does not listen: it refuses every client"
        wait_until(lambda n=number: settled(listener, n), "the connection to be in the queue, or the queue to be full")
        socks.append(sock)
    return [tcp_state(sock) for sock in socks]


@requirement(6)
@linux_only("a queue that is full at just this length")
@hints(
    "Does accept() make the connection, or does it only hand out one that is complete already?",
    "listen(2) says what the backlog counts: complete connections that wait for accept().",
    "Linux turns a client away when the queue holds more than the backlog, not when it holds as many.",
)
def test_how_many_of_five_are_let_in_was_predicted(kata, keep, tape):
    predicted = kata.ADMITTED
    if predicted is None:
        raise Finding("predict first: ADMITTED is still None", "a number", "nothing is written here yet")
    listener = keep(kata.open_listener(1))
    assert accept_queue(listener)[1] == 1, "your code passed the kernel another backlog than 1"
    admitted = arrive(listener, 5, keep, tape).count("ESTABLISHED")
    kernel_says("ADMITTED", predicted, admitted)
    if predicted != admitted:
        words = "your prediction was wrong: the kernel completed another number of connections"
        raise Finding(words, f"ADMITTED = {admitted}, as the kernel did it", f"ADMITTED = {predicted!r}")


@requirement(4)
@linux_only("a client that is left waiting by a full queue")
@hints(
    "A client finds the queue full. Is it told so, or does it just get no answer?",
    "Linux drops its SYN, and it tries again later. Pass listen() the backlog as it came.",
)
def test_a_client_that_finds_the_queue_full_is_left_waiting(kata, keep, tape):
    listener = keep(kata.open_listener(2))
    states = arrive(listener, 5, keep, tape)
    assert states == ["ESTABLISHED"] * 3 + ["SYN_SENT"] * 2, "the queue was longer or shorter than backlog 2 makes it"


@requirement(5)
@hints(
    "bind() and listen() can fail. The caller then gets an exception and no socket. Who closes it?",
    "The except clause that you were given closes it and raises the error again. Your two calls belong in its try.",
)
def test_a_socket_that_cannot_listen_is_not_left_open(kata):
    words = "listen() failed, and the caller did not get the kernel's error"
    with raises_errno("EADDRINUSE", "EINVAL", words=words), listen_fails():
        kata.open_listener(5).close()


@requirement(5)
@on_stub(GREEN)
@hints(
    "socket() can fail as well: there may be no descriptor left. What did your clean-up close then?",
    "There is nothing to close yet. Begin the try when the socket is there, as in the code that you were given.",
)
def test_an_error_of_the_first_step_propagates_as_well(kata, at_the_limit):
    at_the_limit()
    with raises_errno("EMFILE", words="no descriptor was free, and the caller got another error"):
        kata.open_listener(5)
