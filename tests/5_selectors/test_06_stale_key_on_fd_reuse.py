"""5.6: a key that outlives its socket stands in the way of the next connection with the same number."""

import io
import os
import selectors
import socket

import pytest

from dojo.suite import hints, raises_errno, take_number

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
LIVE = "your code replaced a live key: its owner would never hear of its events again"


@pytest.fixture
def newcomer(keep, tape):
    """`newcomer(number)`: a connection that has this number, and its peer."""

    def come(number):
        new, peer = take_number(keep, number)
        tape.label(new, "new")
        tape.label(peer, "peer")
        return new, peer

    return come


@pytest.fixture
def stale(selector, keep, tape):
    """The number of a connection that was registered for READ with the data "old", and closed."""
    old, _ = keep(socket.socketpair())
    tape.label(old, "old")
    selector.register(old, READ, "old")
    number = old.fileno()
    old.close()
    return number


def registered(selector, number):
    """What stands under a number: events and data, or None."""
    key = selector.get_map().get(number)
    return key and (key.events, key.data)


@hints(
    "Most of the time nobody is in the way. What is there to do then?",
    "register() makes the key and returns it.",
)
def test_where_nobody_is_in_the_way_it_registers(kata, selector, unix_pair):
    sock, _ = unix_pair
    key = kata.adopt(selector, sock, READ | WRITE, "data")
    assert isinstance(key, selectors.SelectorKey), "your code did not return the key of the new registration"
    assert selector.get_key(sock) == key, "your code returned another key than the selector has"
    assert key == (sock, sock.fileno(), READ | WRITE, "data"), (
        "the key did not hold the socket, its number, its events and its data"
    )


@hints(
    "register() says that this socket is registered, and it never was. Whose key is that?",
    "get_key(sock) returns the key under the number of sock. Look at its fileobj.",
    "A closed object does not have its number any more: unregister the number, then register sock.",
)
def test_a_stale_key_gives_way(kata, selector, stale, newcomer):
    new, _ = newcomer(stale)
    # The new connection was given the number under which the closed one is still registered.
    key = kata.adopt(selector, new, READ, "new")
    assert selector.get_key(new).data == "new", "under the number stood the data of a connection that is gone"
    assert selector.get_key(new).fileobj is new, "the key had the data of the newcomer and the object of the old one"
    assert key == (new, stale, READ, "new"), "your code did not return the key of the newcomer"


@hints(
    "The selector has a key for the number. Does the kernel watch the new connection as well?",
    "epoll forgets a descriptor at its close. modify() with the same events does not tell it anything.",
    "unregister() and register() tell it everything.",
)
def test_the_newcomer_is_reported_under_its_own_name(kata, selector, stale, newcomer):
    new, peer = newcomer(stale)
    kata.adopt(selector, new, READ, "new")
    assert selector.select(0) == [], "nothing had come yet, and select() reported something"
    peer.send(b"hello")
    reported = selector.select(0)
    assert len(reported) == 1, "bytes came for the newcomer, and select() never reported it"
    key, mask = reported[0]
    assert key.fileobj is new, "select() reported the newcomer's bytes with the closed object of the old connection"
    assert (key.data, mask) == ("new", READ), "select() did not report the newcomer with its own data"


@pytest.mark.parametrize("events", [WRITE, READ | WRITE], ids=["WRITE", "READ and WRITE"])
@hints(
    "The old one was registered for READ. What does the new one want?",
    "modify() asks epoll to change something that epoll does not have: ENOENT. Register anew instead.",
)
def test_the_newcomer_may_want_other_events(kata, selector, stale, newcomer, events):
    new, peer = newcomer(stale)
    peer.send(b"hello")
    kata.adopt(selector, new, events, "new")
    assert registered(selector, stale) == (events, "new"), (
        "your code kept the events of the old key, not the newcomer's"
    )
    masks = [mask for _, mask in selector.select(0)]
    assert masks == [events], (
        "there was something to read and room to write, and select() did not report all that was asked for"
    )


@hints(
    "The number of the old socket was not closed, it was handed on. Does the old object still have it?",
    "After detach() fileno() is -1, as after close(), but the kernel still watches the descriptor.",
    "unregister() the number first: it tells the kernel too.",
)
def test_a_detached_object_gives_way_to_the_one_that_took_over(kata, selector, unix_pair, keep):
    old, peer = unix_pair
    selector.register(old, READ, "old")
    new = keep(socket.socket(fileno=old.detach()))
    kata.adopt(selector, new, READ, "new")
    peer.send(b"hello")
    data = [key.data for key, _ in selector.select(0)]
    assert data == ["new"], "the connection went on under another object, and the selector did not hold just that one"


class Handle(io.FileIO):
    """A file that refuses with OSError when it is closed, as the connections of multiprocessing do."""

    def fileno(self):
        if self.closed:
            raise OSError("handle is closed")
        return super().fileno()


class Client:
    """A client that connects anew when its connection is lost; a selector takes it for its fileno()."""

    def __init__(self, sock):
        self.sock = sock

    def fileno(self):
        return self.sock.fileno()


@hints(
    "The object of the old key is open, and has a number. Is it the number of the key?",
    "Compare key.fileobj.fileno() with key.fd. And which of the two does unregister(key.fileobj) go by?",
    "selector.unregister(key.fd) goes by the number of the key.",
)
def test_an_object_that_has_another_number_by_now_gives_way(kata, selector, newcomer, keep):
    client = Client(keep(socket.socketpair())[0])
    number = client.fileno()
    selector.register(client, READ, "before")
    second, _ = keep(socket.socketpair())
    client.sock.close()
    client.sock = second
    selector.register(client, READ, "after")
    # The client lives on under another number. Its old one goes to somebody else.
    new, _ = newcomer(number)
    kata.adopt(selector, new, READ, "new")
    assert registered(selector, number) == (READ, "new"), (
        "the client had another number by then, and your code did not register the newcomer"
    )
    assert second.fileno() != -1, "the client lived on, and your code closed its connection"
    assert registered(selector, second.fileno()) == (READ, "after"), (
        "the client lived on under its other number, and your code changed that registration"
    )


@hints(
    "Is every key that is in the way a stale one?",
    "A key whose object still has its number is live. Let the KeyError of register() propagate.",
)
def test_a_socket_that_is_registered_already_is_refused(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ, "first")
    with raises_errno("KeyError", words=LIVE):
        kata.adopt(selector, sock, READ | WRITE, "second")
    assert registered(selector, sock.fileno()) == (READ, "first"), (
        "your code refused, and changed something all the same"
    )
    peer.send(b"hello")
    data = [key.data for key, _ in selector.select(0)]
    assert data == ["first"], "the live registration did not work as before"


@hints(
    "Two objects can have the same number, and both be open. Whose is it?",
    "That the object in the key is not sock says nothing. Ask it for its number.",
)
def test_another_object_with_the_same_number_is_live(kata, selector, unix_pair):
    sock, _ = unix_pair
    client = Client(sock)
    selector.register(client, READ, "client")
    with raises_errno("KeyError", words=LIVE):
        kata.adopt(selector, sock, READ, "sock")
    assert selector.get_key(sock).fileobj is client, "your code refused, and changed something all the same"


@hints(
    "Somebody registered a bare number. Can you ask a number whether it was closed?",
    "A number has no fileno(), and is always itself. The brief says what that means.",
    "isinstance(key.fileobj, int): live.",
)
def test_a_bare_number_is_live(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock.fileno(), READ, "number")
    with raises_errno("KeyError", words=LIVE):
        kata.adopt(selector, sock, READ, "sock")
    got = registered(selector, sock.fileno())
    assert got == (READ, "number"), "your code refused, and changed something all the same"


@hints(
    "How often can a number change hands?",
    "Keep nothing between the calls: the selector has all the keys.",
)
def test_a_number_goes_from_hand_to_hand(kata, selector, unix_pair, stale, newcomer):
    other, _ = unix_pair
    selector.register(other, READ | WRITE, "other")
    for turn in range(3):
        new, peer = newcomer(stale)
        kata.adopt(selector, new, READ, turn)
        peer.send(b"hello")
        heard = [key.data for key, mask in selector.select(0) if mask & READ]
        assert heard == [turn], "select() did not report the owner of the number with its own data"
        new.close()
    assert registered(selector, other.fileno()) == (READ | WRITE, "other"), (
        "your code changed a registration under another number"
    )


@hints(
    "A socket that is closed has no number. What does register() make of it?",
    "ValueError, and the caller should see it.",
)
def test_a_closed_socket_cannot_be_adopted(kata, selector, unix_pair):
    sock, other = unix_pair
    selector.register(other, READ, "other")
    sock.close()
    with raises_errno("ValueError", words="a closed socket cannot be watched, and the caller never finds out"):
        kata.adopt(selector, sock, READ, "data")
    assert list(selector.get_map()) == [other.fileno()], "the selector did not hold just what was registered before"


@pytest.mark.parametrize("kind", [io.FileIO, Handle], ids=["ValueError", "OSError"])
@hints(
    "Not only sockets have numbers. What does a closed file say when you ask it for its number?",
    "It raises ValueError, and others raise OSError. That is an answer too: it does not have a number any more.",
)
def test_a_closed_pipe_gives_way_too(kata, selector, newcomer, keep, kind):
    outlet, inlet = os.pipe()
    keep(inlet)
    with kind(outlet) as file:
        selector.register(file, READ, "pipe")
    # The file is closed, its key is still there, and a connection gets the number.
    new, _ = newcomer(outlet)
    kata.adopt(selector, new, READ, "new")
    assert registered(selector, outlet) == (READ, "new"), (
        "a key's file was closed, and your code did not take it for stale"
    )
