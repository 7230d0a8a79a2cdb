"""3.5: a closed socket, a stale number and a number given out again, told from what can be watched."""

import fcntl
import os
import socket

from dojo.suite import descriptors, hints, reset, room_for_descriptors, unread, wait_fin, wait_reset, wait_unread


def split(kata, **given):
    """What split_closed makes of these: the names of the usable ones, and the names of the closed ones."""
    usable, closed = kata.split_closed(list(given.values()))
    return names(usable, given), names(closed, given)


def names(found, given):
    return [next((name for name, one in given.items() if one is thing or one == thing), repr(thing)) for thing in found]


def stale(sock, number=500):
    """A number that nobody has: so high that nobody gets it by chance, and closed again."""
    room_for_descriptors(600)
    fd = fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, number)
    os.close(fd)
    return fd


@hints(
    "A listener, a connection, a pipe: which question can you ask all of them alike?",
    "One about the descriptor, not about what it leads to: fcntl.F_GETFD, os.fstat(), or poll() and POLLNVAL.",
)
def test_everything_that_is_open_is_usable(kata, pair, listener, keep):
    sock, peer = pair
    fresh = keep(socket.socket())
    outlet, inlet = keep(os.pipe())
    number = keep(os.dup(peer.fileno()))
    # A connection, a listener, a socket not yet connected; and the numbers of a pipe's two ends and of a socket.
    before = descriptors()
    got = split(kata, sock=sock, listener=listener, fresh=fresh, outlet=outlet, inlet=inlet, number=number)
    assert descriptors() >= before, "your code closed descriptors that belong to the caller"
    every = ["sock", "listener", "fresh", "outlet", "inlet", "number"]
    assert got == (every, []), (
        "all were open, and your code did not say so: a descriptor need not be a socket, a socket need not have a peer"
    )
    assert kata.split_closed([]) == ([], []), "the list was empty, and your code did not return two empty lists"


@hints(
    "What does fileno() of a closed socket return, and what does select() say to that number?",
    "fileno() is -1. Python refuses it with ValueError before the kernel is asked.",
    "except (OSError, ValueError), or look at fileno() first.",
)
def test_a_closed_socket_is_closed_and_raises_nothing(kata):
    sock = socket.socket()
    sock.close()
    # Somebody kept the closed object, somebody else the number that it tells; a third has detached his.
    empty = socket.socket()
    os.close(empty.detach())
    for one in (sock, sock.fileno(), empty):
        assert split(kata, one=one) == ([], ["one"]), (
            "a socket was closed, or the number was -1, and your code did not say closed"
        )


@hints(
    "A number has no close() and no fileno(). Who knows whether something is open under it?",
    "The kernel: any call on a number that nobody has fails with EBADF.",
    "Try fcntl.fcntl(number, fcntl.F_GETFD) or os.fstat(number).",
)
def test_a_number_that_nobody_has_is_closed(kata, pair):
    sock, _ = pair
    got = split(kata, gone=stale(sock))
    assert got == ([], ["gone"]), "the number was closed, and your code did not say so: select() would raise EBADF"


@hints(
    "Does a socket object notice when somebody closes its descriptor by the number?",
    "No: fileno() still tells the number. Ask the kernel for that number, as for any other.",
)
def test_a_socket_whose_descriptor_was_closed_by_its_number_is_closed(kata, pair):
    sock, _ = pair
    room_for_descriptors(600)
    hollow = socket.socket(fileno=fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, 500))
    # Some other code had the number, and has closed it. The object does not know.
    os.close(hollow.fileno())
    got = split(kata, hollow=hollow)
    hollow.detach()
    assert got == ([], ["hollow"]), "nothing was open under the object's number, and your code did not say closed"


@hints(
    "One of many is closed. What does a single select() for all of them tell you of the others?",
    "It fails as a whole. Ask for each one alone.",
    "Append each to one of two lists, as you go.",
)
def test_one_that_is_closed_does_not_take_the_others_with_it(kata, pair, listener):
    sock, peer = pair
    gone = stale(sock)
    closed = socket.socket()
    closed.close()
    number = peer.fileno()
    got = split(kata, number=number, closed=closed, sock=sock, gone=gone, listener=listener)
    wanted = (["number", "sock", "listener"], ["closed", "gone"])
    assert got == wanted, "your lists were wrong: judge each item alone, and keep the order in which they were given"


@hints(
    "What becomes of a for loop over a list from which you remove something on the way?",
    "The next one moves up and is passed over. Make new lists, and leave the caller's alone.",
)
def test_the_callers_list_stays_as_it_is(kata, pair):
    sock, _ = pair
    gone = [stale(sock, 500), stale(sock, 501), stale(sock, 502)]
    given = [sock, *gone, sock]
    # Three closed ones stand next to each other, and the socket was put in twice.
    usable, closed = kata.split_closed(given)
    assert closed == gone, "three items were closed, and your code did not return all three as closed"
    assert usable == [sock, sock], "an item was given twice, and your code did not return it twice"
    assert given == [sock, *gone, sock], "your code changed the caller's list"


@hints(
    "The peer has closed its end. Is yours closed, too?",
    "b'' from recv() is news from the peer. Your descriptor is open until you close it, and you can still send.",
    "Do not ask the connection at all: ask for the descriptor.",
)
def test_a_peer_that_has_closed_does_not_close_this_end(kata, pair):
    sock, peer = pair
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    # The peer has nothing more to say, and goes on listening.
    got = split(kata, sock=sock, number=sock.fileno())
    assert got == (["sock", "number"], []), (
        "the peer had ended its stream, and your code did not say that this end is open"
    )


@hints(
    "A connection that is broken still takes a descriptor. How does one find out that it is broken?",
    "select() reports it as readable, poll() with POLLERR and POLLHUP. None of that says closed.",
    "Of the answers of poll() only POLLNVAL means that no descriptor is open under the number.",
)
def test_a_connection_that_was_reset_is_still_open_here(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    got = split(kata, sock=sock, number=sock.fileno())
    assert got == (["sock", "number"], []), "the peer had reset, and your code did not say that this end is open"


@hints(
    "Somebody will want to read these bytes. Are they still there after your look?",
    "recv() takes what it returns out of the socket. You need no byte to know whether a descriptor is open.",
)
def test_nothing_is_read(kata, pair):
    sock, peer = pair
    peer.sendall(b"hello")
    wait_unread(sock, 5)
    assert split(kata, sock=sock, number=sock.fileno()) == (["sock", "number"], []), (
        "both were open, and your code did not say so"
    )
    assert unread(sock) == 5, "your code read bytes that had come for the caller: to look is not to read"


@hints(
    "On a connection on which nothing happens: which calls wait, and for how long?",
    "Whether a descriptor is open is known at once. Ask without a wait, or with a timeout of 0.",
)
def test_it_answers_at_once(kata, pair, tape):
    sock, _ = pair
    # The peer is silent, the socket is blocking: a wait for something never ends.
    got = split(kata, sock=sock, number=sock.fileno(), gone=stale(sock))
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited for something to happen, though open or closed is known at once"
    assert got == (["sock", "number"], ["gone"]), (
        "the sockets were silent, and your code did not say that they are open"
    )


@hints(
    "Whose are the descriptors whose numbers you were given?",
    "A socket object that you make from a number owns it: when the object is closed, so is the number.",
    "Ask under the number itself, with os.fstat() or fcntl.fcntl(), or under a duplicate of it.",
)
def test_what_was_open_stays_open(kata, pair, keep):
    sock, peer = pair
    sock.settimeout(7)
    number = keep(os.dup(peer.fileno()))
    for _ in range(2):
        got = split(kata, sock=sock, number=number)
        assert got == (["sock", "number"], []), "your code closed a socket: only the caller may do that"
    assert sock.gettimeout() == 7, "your code left the socket in another mode"


@hints(
    "The kernel always gives out the lowest number that is free. What is a number worth that you wrote down long ago?",
    "It stands for whatever is open under it now: ask afresh at each call, and remember nothing.",
)
def test_a_number_given_out_again_is_open(kata, pair, keep):
    sock, peer = pair
    number = stale(sock)
    assert split(kata, number=number) == ([], ["number"]), (
        "nothing was open under this number, and your code did not say closed"
    )
    # It is given out again, to something else. That it once meant another connection, nobody can tell.
    keep(os.dup2(peer.fileno(), number, inheritable=False))
    assert split(kata, number=number) == (["number"], []), (
        "the number had been given out again since the last call, and your code did not say open"
    )
    os.close(number)
    assert split(kata, number=number) == ([], ["number"]), (
        "the number had been closed again since the last call, and your code did not say closed"
    )


@hints(
    "Which numbers does select() take, even of descriptors in good order?",
    "Those below 1024. What it refuses with ValueError may well be open: ask in another way.",
)
def test_a_number_above_1023_is_open_too(kata, pair, keep):
    sock, _ = pair
    room_for_descriptors(1600)
    number = keep(fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, 1500))
    gone = fcntl.fcntl(sock, fcntl.F_DUPFD_CLOEXEC, 1501)
    os.close(gone)
    got = split(kata, number=number, gone=gone)
    assert got == (["number"], ["gone"]), (
        "1500 was open, and your code did not say so: it only is too high for select()"
    )
