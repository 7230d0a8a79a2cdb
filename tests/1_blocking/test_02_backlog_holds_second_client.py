"""1.2: the kernel completes connections without accept, and the backlog limits how many."""

import errno
import re
import socket

from dojo.suite import (
    Finding,
    accept_queue,
    hints,
    kernel_says,
    linux_only,
    listen_fails,
    raises_errno,
    read_exactly,
    tcp_state,
    unread,
    wait_queued,
    wait_unread,
    wait_until,
)


@hints(
    "A socket that is made and named is not yet one that clients can connect to. What is the third step?",
    "socket(), bind(), listen(), in this order.",
)
def test_it_returns_a_socket_that_listens(kata, keep):
    listener = keep(kata.open_listener(5))
    listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    assert listening == 1, "a socket that does not listen refuses every client"


@hints(
    "An address has two parts: where, and which port. What does an empty string mean as the first?",
    'Bind to "127.0.0.1": nobody outside this machine can get there.',
)
def test_only_this_machine_can_reach_it(kata, keep):
    listener = keep(kata.open_listener(5))
    assert listener.getsockname()[0] == "127.0.0.1", "it listens on an interface other than the loopback"


@hints(
    "Can two listeners have the same port at once? Who knows which ports are free?",
    "The kernel does: port 0 in bind() means any free one.",
)
def test_each_listener_has_a_port_of_its_own(kata, keep):
    one = keep(kata.open_listener(5))
    other = keep(kata.open_listener(5))
    assert one is not other, "the second call returns a listener of its own"
    assert one.getsockname()[1] != other.getsockname()[1], "two listeners share a port"


@hints(
    "Which ports are free? Who knows?",
    "The kernel. Port 0 in bind() leaves the choice to it; a number that you have drawn may be somebody's.",
)
def test_the_kernel_chooses_the_port(kata, keep, tape):
    keep(kata.open_listener(5))
    named = [call.args for call in tape.calls() if call.name == "bind"]
    assert all(re.search(r"\b0\)?$", args) for args in named), "the port was asked for, and not left to the kernel"


@linux_only("a listener whose backlog can be read back")
@hints(
    "Which call tells the kernel how long the queue may be? What does it take when you tell it nothing?",
    "listen(backlog), the number as it came: 0 is a backlog too, and nothing is added or taken away.",
)
def test_the_backlog_is_the_one_that_was_asked_for(kata, keep):
    backlogs = [accept_queue(keep(kata.open_listener(backlog)))[1] for backlog in (5, 1, 0)]
    assert backlogs == [5, 1, 0], "the kernel was given another backlog than the caller's"


@hints(
    "A backlog may be larger than the kernel allows. Who cuts it?",
    "The kernel does, and nobody else: listen(backlog), the number as it came.",
)
def test_a_large_backlog_is_handed_on_as_it_is(kata, keep, tape):
    keep(kata.open_listener(1_000_000))
    given = [call.args for call in tape.calls() if call.name == "listen"]
    assert given[-1:] == ["1000000"], "the kernel was given another backlog than the caller's"


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
    assert names == [first.getsockname(), second.getsockname()], "the queue hands them out in the order of arrival"


@hints(
    "Where are the bytes of a client that nobody has accepted yet?",
    "In the kernel, in the receive queue of the connection. Nothing is to be done for that.",
)
def test_what_a_client_sends_early_is_there_after_accept(kata, keep, connect):
    listener = keep(kata.open_listener(5))
    client = connect(listener)
    client.sendall(b"are you there?")
    wait_queued(listener, 1)
    conn = keep(listener.accept()[0])
    wait_unread(conn, 14)
    assert conn.recv(100) == b"are you there?", "the kernel keeps what came before accept()"


def one_after_the_other(listener):
    """Program 1 in short: echo to a client until it leaves, and only then accept the next."""
    for _ in range(2):
        conn, _ = listener.accept()
        with conn:
            while data := conn.recv(100):
                conn.sendall(data)


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
    assert unread(second) == 0
    first.close()
    assert read_exactly(second, 6) == b"me too", "what the second client sent is answered now"
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
        assert not refused, "a socket that does not listen refuses every client"
        wait_until(lambda n=number: settled(listener, n), "the connection to be in the queue, or the queue to be full")
        socks.append(sock)
    return [tcp_state(sock) for sock in socks]


@linux_only("a queue that is full at just this length")
@hints(
    "Is the connection made by accept(), or is accept() only handed one that is made already?",
    "listen(2) says what the backlog counts: connections that are complete and wait.",
    "Linux turns a client away when the queue holds more than the backlog, not when it holds as many.",
)
def test_how_many_of_five_are_let_in_was_predicted(kata, keep, tape):
    predicted = kata.ADMITTED
    if predicted is None:
        raise Finding("Predict first: ADMITTED is still None", "a number", "nothing is written here yet")
    listener = keep(kata.open_listener(1))
    assert accept_queue(listener)[1] == 1, "the experiment needs a listener with backlog 1"
    admitted = arrive(listener, 5, keep, tape).count("ESTABLISHED")
    kernel_says("ADMITTED", predicted, admitted)
    if predicted != admitted:
        words = "ADMITTED is your prediction; the kernel completed another number of connections"
        raise Finding(words, f"ADMITTED = {admitted}, as the kernel did it", f"ADMITTED = {predicted!r}")


@linux_only("a client that is left waiting by a full queue")
@hints(
    "A client that finds the queue full: is it told so, or does it just get no answer?",
    "Linux drops its SYN and it tries again later: listen(backlog) with the number as it came is all it takes.",
)
def test_the_clients_after_that_are_neither_let_in_nor_refused(kata, keep, tape):
    listener = keep(kata.open_listener(2))
    states = arrive(listener, 5, keep, tape)
    assert states == ["ESTABLISHED"] * 3 + ["SYN_SENT"] * 2, "the queue is longer or shorter than backlog 2 makes it"


@hints(
    "bind() and listen() can fail. Who has the socket then?",
    "Nobody: the caller gets an exception instead. Close the socket and let the error out.",
    "except OSError: listener.close(), then raise.",
)
def test_a_socket_that_cannot_listen_is_not_left_open(kata):
    words = "the socket does not listen, and the caller is not told"
    with raises_errno("EADDRINUSE", "EINVAL", words=words), listen_fails():
        kata.open_listener(5).close()


@hints(
    "socket() can fail as well: there may be no descriptor left. What does your clean-up close then?",
    "There is nothing to close yet. Begin the try, or the with, when the socket is there.",
)
def test_an_error_of_the_first_step_propagates_as_well(kata, at_the_limit):
    at_the_limit()
    with raises_errno("EMFILE", words="no descriptor is free, and the caller is told something else"):
        kata.open_listener(5)
