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
    assert sock.fileno() == -1, "your code left its number in the socket object, which does not know of the close"
    assert interest(epoll) == {}, "epoll still watched something"
    assert state(peer) == "ended", "the connection went on without a duplicate: your code left its descriptor open"


@hints(
    "A duplicate lives. When does the kernel drop the entry unasked?",
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
    assert epoll.poll(0) == [], "epoll reported a closed number: a duplicate keeps the entry alive"


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
    assert epoll.poll(0) == [], "epoll reported the peer's end for a closed number: its entry was still there"
    assert interest(epoll) == {}, "the kernel's list still had the entry of a closed number"


@hints(
    "Every duplicate is the same connection. What ends it for everybody?",
    "shutdown() acts on the connection, close() on one descriptor. The duplicate is not yours to end.",
)
def test_a_duplicate_still_uses_the_connection(kata, unix_pair, epoll, keep):
    sock, peer = unix_pair
    duplicate = keep(sock.dup())
    epoll.register(sock, select.EPOLLIN)
    kata.forget(epoll, sock)
    assert state(duplicate) == "open", "your code shut the connection down, for the duplicate as well"
    peer.send(b"question")
    assert read_exactly(duplicate, 8) == b"question", "the duplicate did not get what the peer sent"
    duplicate.send(b"answer")
    assert read_exactly(peer, 6) == b"answer", "the peer did not get what the duplicate sent"


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
    assert epoll.poll(0) == [], "the socket that had the number by then was woken by bytes of the old connection"
    heirs_peer.send(b"for you")
    assert epoll.poll(0) == [(number, select.EPOLLIN)], (
        "the socket that had the number by then had input, and epoll did not report it"
    )


@hints(
    "Somebody has taken the entry out already. Is that a reason to fail?",
    "The kernel answers ENOENT, which is FileNotFoundError. Nothing is lost by it.",
    "Ignore FileNotFoundError, and close the socket in this case too.",
)
def test_a_socket_that_is_not_registered_is_closed(kata, unix_pair, epoll):
    sock, peer = unix_pair
    kata.forget(epoll, sock)
    assert sock.fileno() == -1, "the socket was not registered, and your code did not close it"
    assert state(peer) == "ended", "the peer did not see the end"


@hints(
    "What is the number of a closed socket, and what does unregister() say to it?",
    "fileno() is -1, and unregister() raises ValueError, which is not an OSError. Look before you ask.",
)
def test_a_closed_socket_is_nobodys_concern(kata, unix_pair, epoll):
    sock, _ = unix_pair
    epoll.register(sock, select.EPOLLIN)
    sock.close()
    kata.forget(epoll, sock)
    assert interest(epoll) == {}, "epoll still watched something, though no duplicate lived"


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
    assert list(interest(epoll)) == [number], "another socket had this number by then, and your code gave that one up"
    heirs_peer.send(b"hello")
    assert heir.recv(100) == b"hello", "the other socket was not open and connected any more"


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
    assert told == sorted([duplicate.fileno(), other.fileno()]), "epoll did not watch just the other entries, as before"


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
    assert sock.fileno() == -1, "epoll could not be asked, and your code did not close the socket"
