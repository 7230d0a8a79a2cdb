"""1.10: a restarted server gets its address back at once, unless somebody is listening on it."""

import errno
import select
import socket

from dojo.suite import (
    Finding,
    hints,
    linux_only,
    listen_fails,
    lowest_free_descriptor,
    raises_errno,
    read_to_end,
    soon,
    tcp_state,
    wait_fin,
    wait_queued,
    wait_until,
)

ANY_PORT = ("127.0.0.1", 0)
NOT_OURS = ("192.0.2.1", 0)  # RFC 5737: an address for documentation, which no machine has


def open_again(kata, address, holder):
    """The listener of the next start; `holder` says what is left of the last one."""
    try:
        return kata.open_listener(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        words = f"nobody listens there any more: only {holder} holds the address"
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
    conn.close()
    wait_fin(client)
    listener.close()
    client.shutdown(socket.SHUT_WR)
    # The client's FIN is acknowledged: that is the last word of the server's side, spoken from TIME_WAIT.
    wait_until(lambda: tcp_state(client) == "CLOSE", "the server's side to go into TIME_WAIT")


@hints(
    "Three calls make a listener out of nothing.",
    "socket(), bind(address), listen().",
)
def test_it_is_ready_for_clients(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    assert listening == 1, "a bound socket refuses clients until listen() has been called"
    client, conn = client_of(listener, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "the client that connected is the one that is accepted"


@hints(
    "On which of the machine's addresses does it listen?",
    "An empty host means all of them. bind() takes the address as it was given.",
)
def test_it_listens_on_that_address_alone(kata, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    assert listener.getsockname()[0] == "127.0.0.1", "it listens on the host that was asked for, and on no other"


@hints(
    "One way to have no TIME_WAIT is to reset every connection. What becomes of the last bytes?",
    "Leave SO_LINGER alone: connections inherit it from their listener.",
)
def test_its_connections_end_without_a_reset(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    client, conn = client_of(listener, connect)
    conn.close()
    wait_fin(client)
    error = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    assert errno.errorcode.get(error, "the end") == "the end", "closing a connection ends it in order: no reset"


@linux_only("TCP_INFO, to see that the connection is in TIME_WAIT")
@hints(
    "Nobody listens, and the kernel still says EADDRINUSE. Who has the address?",
    "The last connection, in TIME_WAIT. There is a socket option that lets bind() pass over it: socket(7).",
    "setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind(). Afterwards is too late.",
)
def test_it_starts_again_at_once_after_it_closed_first(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    address = listener.getsockname()
    leave_in_time_wait(listener, connect)
    # The server has stopped. Its last connection is remembered for a minute.
    listener = keep(open_again(kata, address, "its last connection, in TIME_WAIT,"))
    assert listener.getsockname() == address, "the same address as before"


@linux_only("TCP_INFO, to see that the connection is in TIME_WAIT")
@hints(
    "Is the second start different from the first?",
    "Linux wants the option on the old listener too: set it always, not only when bind() has failed.",
)
def test_it_starts_again_as_often_as_it_likes(kata, connect, keep):
    listener = keep(kata.open_listener(ANY_PORT))
    address = listener.getsockname()
    for holder in ("a connection of the first start", "one of the second", "one of the third"):
        leave_in_time_wait(listener, connect)
        listener = keep(open_again(kata, address, f"{holder}, in TIME_WAIT,"))
    client, conn = client_of(listener, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "the last of the listeners serves"


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
        assert new.getpeername() == new_client.getsockname(), "new clients come to the new listener"
    old.sendall(b"still here")
    old.close()
    assert read_to_end(old_client) == b"still here", "the old connection goes on as if nothing had happened"


@hints(
    "Somebody is listening there. What should the second one get?",
    "The kernel refuses it by itself. SO_REUSEPORT, and another port, and another try: each hides that.",
)
def test_an_address_with_a_live_listener_is_refused_at_once(kata, keep, tape):
    first = keep(kata.open_listener(ANY_PORT))
    with raises_errno("EADDRINUSE", words="somebody is listening there, and the second listener was not refused"):
        keep(kata.open_listener(first.getsockname()))
    assert tape.count("sleep") == 0, "whoever is listening there goes on listening: another try is no better"


@hints(
    "Two servers on one address: which of them gets the next client?",
    "The first one alone. Whoever comes second must not take clients from it, nor send it any.",
)
def test_the_first_listener_notices_nothing(kata, connect, keep, tape):
    first = keep(kata.open_listener(ANY_PORT))
    with raises_errno("EADDRINUSE", words="somebody is listening there, and the second listener was not refused"):
        keep(kata.open_listener(first.getsockname()))
    first.setblocking(False)
    if tape.count("connect", "connect_ex"):
        soon(lambda: bool(select.select([first], [], [], 0)[0]))
    with raises_errno("EAGAIN", words="to find out who is there it connected: the first now has a client that is none"):
        keep(first.accept())
    client, conn = client_of(first, connect)
    with conn:
        assert conn.getpeername() == client.getsockname(), "the first listener serves as before"


@hints(
    "EADDRINUSE is one error. Are there others?",
    "Let every error out as it is; only the socket has to be closed before.",
)
def test_an_address_of_another_machine_is_an_error(kata, keep):
    with raises_errno("EADDRNOTAVAIL", words="no machine has this address, and yet it listens, or says another thing"):
        keep(kata.open_listener(NOT_OURS))


@hints(
    "bind() has raised. Who closes the socket that socket() made?",
    "The caller never gets it, so it is for you: on the error close it, and raise again.",
)
def test_a_refused_listener_leaves_no_socket_open(kata, keep):
    first = keep(kata.open_listener(ANY_PORT))
    free = lowest_free_descriptor()
    try:
        keep(kata.open_listener(first.getsockname()))
    except OSError as error:
        # The error is still in our hands, and with it whatever the failed call holds on to.
        assert error.errno == errno.EADDRINUSE, "somebody is listening there"
        assert lowest_free_descriptor() == free, "the socket that was made for a refused address is still open"


@hints(
    "bind() has succeeded, and listen() fails. Who has the socket then?",
    "Nobody: the caller gets an exception instead. Close the socket on that way out, too, and let the error out.",
)
def test_a_socket_that_cannot_listen_is_not_left_open(kata):
    free = lowest_free_descriptor()
    words = "somebody else was faster to listen on the same port, and the caller is not told"
    try:
        with listen_fails():
            kata.open_listener(ANY_PORT).close()
    except OSError as error:
        # The error is still in our hands, and with it whatever the failed call holds on to.
        assert error.errno == errno.EADDRINUSE, words
        assert lowest_free_descriptor() == free, "listen() has failed, and the socket is still open"
    else:
        raise Finding(words, "OSError EADDRINUSE", "nothing was raised")
