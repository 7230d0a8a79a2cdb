"""4.7: an entry lives as long as any descriptor of its connection, so it is taken out before the close."""

import contextlib
import os
import select
import socket

import pytest

from dojo.suite import changed_settings, hints, interest, linux_only, read_exactly, shared_settings, take_number

pytestmark = linux_only("epoll")


def state(sock):
    """Whether the stream that comes in at this socket has ended; takes nothing out of it."""
    try:
        sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return "open"
    return "ended"


def heir_of(number, keep, tape):
    """A new connection, the end that was given this number first."""
    heir, peer = take_number(keep, number)
    tape.label(heir, "heir")
    tape.label(peer, "heir's peer")
    return heir, peer


@hints(
    "Two things have to end: the watching and the socket. Which calls end them?",
    "epoll.unregister(sock), then sock.close().",
)
def test_a_socket_is_given_up(kata, unix_pair, epoll):
    sock, peer = unix_pair
    epoll.register(sock, select.EPOLLIN)
    kata.forget(epoll, sock)
    assert sock.fileno() == -1, "the socket object still has its number: it does not know of any close"
    assert interest(epoll) == {}, "nothing is watched any more"
    assert state(peer) == "ended", "nobody has a duplicate, and the connection goes on: its descriptor is still open"


@hints(
    "A duplicate lives. When does the kernel drop the entry by itself?",
    "When the last descriptor of the connection is closed, and not before. Take the entry out yourself.",
    "Take it out while the number still leads to it: unregister(sock) before close().",
)
def test_nothing_is_reported_for_the_closed_number(kata, unix_pair, epoll, keep):
    sock, peer = unix_pair
    keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    # Input comes, which only the duplicate will be able to read. Nobody asked epoll about that one.
    peer.send(b"hello")
    kata.forget(epoll, sock)
    assert epoll.poll(0) == [], "a number that is closed is reported: a duplicate keeps the entry alive"


@hints(
    "An entry that nobody looks at may still report. What does it say when the peer is gone?",
    "modify(sock, 0) does not remove the entry: EPOLLHUP and EPOLLERR are reported to everybody.",
)
def test_no_entry_is_left_behind(kata, unix_pair, epoll, keep):
    sock, peer = unix_pair
    keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    kata.forget(epoll, sock)
    peer.close()
    assert epoll.poll(0) == [], "the peer's end is reported for a closed number: its entry is still there"
    assert interest(epoll) == {}, "the kernel's list still has an entry, of a number that is closed"


@hints(
    "Whoever has a duplicate has the same connection. What ends it for everybody?",
    "shutdown() acts on the connection, close() on one descriptor. The duplicate is not yours to end.",
)
def test_a_duplicate_still_uses_the_connection(kata, unix_pair, epoll, keep):
    sock, peer = unix_pair
    duplicate = keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    kata.forget(epoll, sock)
    assert state(duplicate) == "open", "the connection was shut down, for the duplicate as well"
    peer.send(b"question")
    assert read_exactly(duplicate, 8) == b"question", "the duplicate hears the peer"
    duplicate.send(b"answer")
    assert read_exactly(peer, 6) == b"answer", "the peer hears the duplicate"


@hints(
    "The blocking mode and SO_LINGER: do they belong to a descriptor, or to all of its duplicates?",
    "To all of them, and the duplicates live on. Change nothing: unregister and close.",
)
@pytest.mark.parametrize("timeout", [None, 0], ids=["blocking", "non-blocking"])
def test_what_a_duplicate_shares_stays_as_it_was(kata, pair, epoll, keep, timeout):
    sock, _ = pair
    sock.settimeout(timeout)
    duplicate = keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    before = shared_settings(duplicate)
    kata.forget(epoll, sock)
    assert changed_settings(duplicate, before) == [], "your code changed what the duplicates of the socket share"


@hints(
    "The number of a closed descriptor is given away again. What is found by it, if the old entry is still there?",
    "Two entries with one number: the new socket gets the events of the old one. Take the old entry out in time.",
)
def test_the_next_socket_with_this_number_gets_its_own_events_alone(kata, unix_pair, epoll, keep, tape):
    sock, peer = unix_pair
    number = sock.fileno()
    keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    # This is for the old connection, which lives on in the duplicate.
    peer.send(b"not for you")
    kata.forget(epoll, sock)
    heir, heirs_peer = heir_of(number, keep, tape)
    epoll.register(heir, select.EPOLLIN)
    assert epoll.poll(0) == [], "the socket that has the number now is woken by bytes of the old connection"
    heirs_peer.send(b"for you")
    assert epoll.poll(0) == [(number, select.EPOLLIN)], "the socket that has the number now has input of its own"


@hints(
    "Somebody has taken the entry out already. Is that a reason to fail?",
    "The kernel answers ENOENT, which is FileNotFoundError. Nothing is lost by it.",
    "Ignore FileNotFoundError, and close the socket in this case too.",
)
def test_a_socket_that_is_not_registered_is_closed(kata, unix_pair, epoll):
    sock, peer = unix_pair
    kata.forget(epoll, sock)
    assert sock.fileno() == -1, "it was not registered, and it is to be closed all the same"
    assert state(peer) == "ended", "the peer sees the end"


@hints(
    "What is the number of a closed socket, and what does unregister() say to it?",
    "fileno() is -1, and unregister() raises ValueError, which is no OSError. Look before you ask.",
)
def test_a_closed_socket_is_nobodys_concern(kata, unix_pair, epoll):
    sock, _ = unix_pair
    epoll.register(sock, select.EPOLLIN)
    sock.close()
    kata.forget(epoll, sock)
    assert interest(epoll) == {}, "no duplicate lives: the entry went with the socket"


@hints(
    "You give a socket up twice. Whose is the number at the second time?",
    "Close the socket object, not the bare number: the object then knows that it is closed.",
)
def test_a_number_that_is_anothers_by_now_is_left_alone(kata, unix_pair, epoll, keep, tape):
    sock, _ = unix_pair
    number = sock.fileno()
    epoll.register(sock, select.EPOLLIN)
    kata.forget(epoll, sock)
    heir, heirs_peer = heir_of(number, keep, tape)
    epoll.register(heir, select.EPOLLIN)
    kata.forget(epoll, sock)
    # The second call was for a socket that is long closed.
    assert list(interest(epoll)) == [number], "another socket has this number now, and it was given up in its place"
    heirs_peer.send(b"hello")
    assert heir.recv(100) == b"hello", "the other socket is open and connected"


@hints(
    "One socket is given up. What has to be done with the others?",
    "unregister() takes one entry out. A duplicate that was registered itself has an entry of its own.",
)
def test_the_other_entries_stay(kata, unix_pair, epoll, keep):
    sock, peer = unix_pair
    duplicate = keep(sock.dup())
    other, other_peer = keep(socket.socketpair())
    for one in (sock, duplicate, other):
        epoll.register(one, select.EPOLLIN)
    peer.send(b"hello")
    other_peer.send(b"hello")
    kata.forget(epoll, sock)
    told = sorted(number for number, _ in epoll.poll(0))
    assert told == sorted([duplicate.fileno(), other.fileno()]), "the other entries are watched as before, and no more"


@hints(
    "The program ends, and the epoll object was closed first. What becomes of the socket?",
    "unregister() raises ValueError then. Whatever it raises, close the socket: try … finally, or a with statement.",
    "Its descriptor may be closed, and be another file's by now: then the kernel itself says no, with an OSError.",
)
@pytest.mark.parametrize("how", ["closed", "its number is another file's"])
def test_the_socket_is_closed_when_epoll_cannot_be_asked(kata, unix_pair, epoll, how):
    sock, _ = unix_pair
    if how == "closed":
        epoll.close()
    else:
        with open(os.devnull) as file:
            os.dup2(file.fileno(), epoll.fileno(), inheritable=False)
    # Whether the caller finds out is up to you.
    with contextlib.suppress(OSError, ValueError):
        kata.forget(epoll, sock)
    assert sock.fileno() == -1, "epoll could not be asked, and so the socket was never closed"
