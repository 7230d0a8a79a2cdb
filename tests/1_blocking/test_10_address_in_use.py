"""1.10: a restarted server gets its address back at once, unless somebody is listening on it."""

import contextlib
import errno
import select
import socket

from dojo.suite import (
    Finding,
    hints,
    is_readable,
    kernel_state,
    linux_only,
    listen_fails,
    lowest_free_descriptor,
    ports,
    raises_errno,
    read_to_end,
    requirement,
    soon,
    tcp_state,
    wait_fin,
    wait_queued,
    wait_until,
)

ANY_PORT = ("127.0.0.1", 0)
TAKEN = "somebody is listening there, and the caller of the second open_listener() did not find out"
NOT_OURS = ("192.0.2.1", 0)  # RFC 5737: an address for documentation, which no machine has


def open_again(kata, address, holder):
    """The listener of the next start; `holder` says what is left of the last one."""
    try:
        return kata.open_listener(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        words = f"the address was refused, and nobody listens there any more: only {holder} holds it"
        found = Finding(words, "a listener on the same address", "OSError EADDRINUSE")
        raise found.with_traceback(error.__traceback__) from error


def client_of(listener, connect):
    """One client, and the server's side of its connection."""
    client = connect(listener)
    wait_queued(listener, 1)
    return client, listener.accept()[0]


def leave_in_time_wait(listener, connect):
    """Serve one client, close its connection first, stop listening; the connection is left in TIME_WAIT."""
    client, conn = client_of(listener, connect)
    with conn:
        conn.shutdown(socket.SHUT_WR)
        wait_fin(client)
        listener.close()
        client.shutdown(socket.SHUT_WR)
        # The client's FIN is acknowledged: that is the last word of the server's side, spoken from TIME_WAIT.
        wait_until(lambda: tcp_state(client) == "CLOSE", "the server's side to go into TIME_WAIT")


@requirement(1)
@hints(
    "Three calls make a listener out of nothing.",
    "socket(), bind(address), listen().",
)
def test_it_is_ready_for_clients(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    assert listening == 1, "your code returned a socket that does not listen: it refuses clients"
    client, conn = client_of(listener, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "one client connected, and the listener gave another one"


@requirement(1)
@hints(
    "On which of the machine's addresses does it listen?",
    "An empty host means all of them. bind() takes the address as it was given.",
)
@hints(
    "What does a listener on the IPv6 wildcard do with IPV6_V6ONLY off? It was asked for 0.0.0.0.",
    "Open an AF_INET socket: the address is an IPv4 address.",
    when="IPv6 addresses too",
)
def test_it_listens_on_that_address_alone(kata, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    host, _ = listener.getsockname()
    assert host == "127.0.0.1", "your listener listens on another host than the one that was asked for"
    # All IPv4 addresses are no IPv6 address.
    listener = keep(kata.open_listener(("0.0.0.0", 0)))
    with contextlib.suppress(OSError):  # somebody else may listen there
        keep(socket.create_connection(("::1", listener.getsockname()[1])))
        came = "a client came over IPv6" if soon(lambda: is_readable(listener)) else "nobody came"
        assert came == "nobody came", "your code was given 0.0.0.0, and its listener listens on IPv6 addresses too"


@requirement(3)
@hints(
    "One way to have no TIME_WAIT is to reset every connection. What becomes of the last bytes?",
    "Leave SO_LINGER alone: connections inherit it from their listener.",
)
@hints(
    "The server has closed first, and waits for the client's end. Which of your options gives that up?",
    "Leave TCP_LINGER2 alone: connections inherit it from their listener, and a negative one means a reset (tcp(7)).",
    when="behind the end",
)
def test_its_connections_end_without_a_reset(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    client, conn = client_of(listener, connect)
    conn.close()
    wait_fin(client)
    error = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    ended = errno.errorcode.get(error, "in order")
    assert ended == "in order", "the server closed a connection, and its client got a reset"
    if known := ports(client):  # the client has not ended its own direction yet: somebody has to take that end
        wait_until(lambda: kernel_state(*known) != "FIN_WAIT1", "the server's end to be acknowledged")
        state = kernel_state(*known) or "gone, with a reset"
        assert state == "FIN_WAIT2", "the server closed a connection first, and its client got a reset behind the end"


@requirement(2)
@linux_only("TCP_INFO, to see that the connection is in TIME_WAIT")
@hints(
    "Nobody listens, and the kernel still says EADDRINUSE. What holds the address?",
    "The last connection, in TIME_WAIT. There is a socket option that lets bind() pass over it: socket(7).",
    "setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind(). Afterwards is too late.",
)
def test_it_starts_again_at_once_after_it_closed_first(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    address = listener.getsockname()
    leave_in_time_wait(listener, connect)
    # The server has stopped. Its last connection is remembered for a minute.
    listener = keep(open_again(kata, address, "its last connection, in TIME_WAIT,"))
    assert listener.getsockname() == address, "the restarted server listens on another address than before"


@requirement(2)
@linux_only("TCP_INFO, to see that the connection is in TIME_WAIT")
@hints(
    "Is the second start different from the first?",
    "Linux wants the option on the old listener too: set it always, not only when bind() has failed.",
)
def test_it_starts_again_any_number_of_times(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    address = listener.getsockname()
    for holder in ("a connection of the first start", "one of the second", "one of the third"):
        leave_in_time_wait(listener, connect)
        listener = keep(open_again(kata, address, f"{holder}, in TIME_WAIT,"))
    client, conn = client_of(listener, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "the last listener does not serve the client that connected"


@requirement(2)
@hints(
    "A client of the last start is still connected. Does its connection listen?",
    "No. SO_REUSEADDR passes over it as over one in TIME_WAIT.",
)
def test_it_starts_again_while_an_old_connection_is_open(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    address = listener.getsockname()
    old_client, old = client_of(listener, connect)
    keep(old)
    listener.close()
    listener = keep(open_again(kata, address, "an open connection of the last start"))
    new_client, new = client_of(listener, connect)
    with new:
        assert new.getpeername() == new_client.getsockname(), "a new client did not come to the new listener"
    old.sendall(b"still here")
    old.shutdown(socket.SHUT_WR)
    assert read_to_end(old_client) == b"still here", "the restart disturbed an old connection"


@requirement(4)
@hints(
    "Somebody is listening there. What should the second listener get?",
    "EADDRINUSE: the kernel refuses it by itself. SO_REUSEPORT, another port, or another try hide that.",
)
def test_an_address_with_a_live_listener_is_refused_at_once(kata, keep, tape):
    first = keep(kata.open_listener(ANY_PORT))
    with raises_errno("EADDRINUSE", words=TAKEN):
        keep(kata.open_listener(first.getsockname()))
    naps = tape.count("sleep")
    assert naps == 0, "your code slept before it told the caller that somebody is listening there"


@requirement(4)
@hints(
    "Somebody is listening there. How did your code find out?",
    "bind() fails by itself. A connection to find out is a client for that server, and no real one.",
)
def test_the_first_listener_notices_nothing(kata, connect, keep, tape):
    first = keep(kata.open_listener(ANY_PORT))
    with raises_errno("EADDRINUSE", words=TAKEN):
        keep(kata.open_listener(first.getsockname()))
    first.setblocking(False)
    if tape.count("connect", "connect_ex"):
        soon(lambda: bool(select.select([first], [], [], 0)[0]))
    with raises_errno("EAGAIN", words="your code connected to the other server to look, and it has a client now"):
        keep(first.accept())
    client, conn = client_of(first, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "the first listener did not get the next client"


@requirement(5)
@hints(
    "EADDRINUSE is one error. Which others can bind() raise?",
    "Let each of them propagate as it is; only close the socket before.",
)
def test_an_address_of_another_machine_is_an_error(kata, keep):
    with raises_errno("EADDRNOTAVAIL", words="no machine has this address, and your code did not say so"):
        keep(kata.open_listener(NOT_OURS))


@requirement(6)
@hints(
    "bind() raised. Who closes the socket that socket() made?",
    "The caller never gets it, so close it in an except clause, and raise again.",
)
def test_a_socket_that_cannot_be_bound_is_closed(kata, keep):
    first = keep(kata.open_listener(ANY_PORT))
    free = lowest_free_descriptor()
    try:
        keep(kata.open_listener(first.getsockname()))
    except OSError:
        # The error is still in our hands, and with it whatever the failed call holds on to.
        assert lowest_free_descriptor() == free, "bind() failed, and your code left the socket open"


@requirement(4, 6)
@hints(
    "bind() succeeded, and listen() failed. Who has the socket then?",
    "Nobody: the caller gets an exception instead. Two sockets with SO_REUSEADDR may be bound to a port; one listens.",
    "Put bind() and listen() into one try. In its except clause close the socket, and raise again.",
)
def test_a_socket_that_cannot_listen_is_closed(kata):
    free = lowest_free_descriptor()
    words = "another socket was faster to listen on the same port, and the caller never finds out"
    try:
        with listen_fails():
            kata.open_listener(ANY_PORT).close()
    except OSError as error:
        # The error is still in our hands, and with it whatever the failed call holds on to.
        assert error.errno == errno.EADDRINUSE, words
        assert lowest_free_descriptor() == free, "listen() failed, and your code left the socket open"
    else:
        raise Finding(words, "OSError EADDRINUSE", "nothing was raised")
