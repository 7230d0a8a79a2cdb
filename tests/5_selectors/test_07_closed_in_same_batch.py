"""5.7: an event may be about a socket that a callback of the same batch has just done away with."""

import errno
import selectors
import socket

import pytest

from dojo.suite import hints, raises_errno

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Crowd:
    """Connections on each of which a byte waits, all registered with one callback.

    The callback notes which object is called. When it is called first, it also does `deed`
    to all the others of the crowd.
    """

    def __init__(self, selector, keep, tape):
        self._selector, self._keep, self._tape = selector, keep, tape
        self.members, self.called = [], []
        self.deed = lambda other: None

    def pair(self):
        """A socket on which a byte waits, and its peer."""
        sock, peer = self._keep(socket.socketpair())
        self._tape.label(sock, "sock")
        self._tape.label(peer, "peer")
        peer.send(b"x")
        return sock, peer

    def come(self, number, wrap=lambda sock: sock):
        for _ in range(number):
            sock, _ = self.pair()
            self._tape.label(sock, f"member {len(self.members) + 1}")
            self.members.append(wrap(sock))
            self._selector.register(self.members[-1], READ, self.callback)

    def callback(self, member, mask):
        self.called.append(member)
        if len(self.called) == 1:
            for other in self.members:
                if other is not member:
                    self.deed(other)

    def newcomer(self, number):
        """A socket on which a byte waits, with this number, the lowest that is free."""
        sock, peer = self.pair()
        sock.send(b"x")
        new = sock if sock.fileno() == number else peer
        self._tape.label(new, "newcomer")
        return new


@pytest.fixture
def crowd(selector, keep, tape):
    return Crowd(selector, keep, tape)


@hints(
    "What did select() return, and where is the callback?",
    "Pairs of a key and a mask. The callback is key.data, the object is key.fileobj.",
    "for key, mask in events: key.data(key.fileobj, mask)",
)
def test_each_callback_gets_its_object_and_what_it_is_ready_for(kata, selector, crowd, keep):
    calls = {}
    quiet, _ = keep(socket.socketpair())
    number = crowd.pair()[0].fileno()
    both = crowd.pair()[0]
    for fileobj, events in ((quiet, READ | WRITE), (number, READ), (both, READ | WRITE)):
        selector.register(fileobj, events, lambda got, mask: calls.update({got: mask}))
    # Nothing has come for the first one. The second one is registered by its bare number.
    kata.dispatch(selector, selector.select(0))
    assert calls == {quiet: WRITE, number: READ, both: READ | WRITE}, "each object, and what it is ready for"


@hints(
    "Which events does the caller want to be served?",
    "Those that were given. Do not call select() again.",
)
def test_only_the_events_that_were_given_are_served(kata, selector, crowd):
    crowd.come(3)
    events = selector.select(0)
    kata.dispatch(selector, [])
    assert crowd.called == [], "the batch was empty, and your code called something"
    kata.dispatch(selector, events[1:2])
    got = [crowd.members.index(member) for member in crowd.called]
    wanted = [crowd.members.index(key.fileobj) for key, _ in events[1:2]]
    assert got == wanted, "the batch had one event, and your code did not serve it"


@hints(
    "The list was made before the first callback ran. Is all of it still true?",
    "Look into selector.get_map() before each call, not before the first.",
    "selector.get_map().get(key.fd) is None once the number is unregistered.",
)
def test_an_object_that_an_earlier_callback_closed_is_not_called(kata, selector, crowd):
    crowd.come(3)

    def close(other):
        selector.unregister(other)
        other.close()

    crowd.deed = close
    # The one of the three that has its turn first closes the two others.
    kata.dispatch(selector, selector.select(0))
    assert len(crowd.called) == 1, "your code called a socket that an earlier callback of this batch had closed"


@hints(
    "A socket was unregistered and is open. Does anybody still want to hear of it?",
    "Whether it is open is not the question. Is it registered?",
)
def test_an_object_that_was_only_unregistered_is_not_called(kata, selector, crowd):
    crowd.come(3)
    crowd.deed = selector.unregister
    # Somebody else may read from the other two now: they are open, and are not this selector's any more.
    kata.dispatch(selector, selector.select(0))
    assert len(crowd.called) == 1, "your code called an unregistered socket: that it is open is not enough"


@hints(
    "The number is registered. Whose is it now?",
    "The key under the number may be a newcomer's: compare the objects, with `is`.",
    "current.fileobj is key.fileobj",
)
def test_a_newcomer_does_not_get_the_event_of_its_predecessor(kata, selector, crowd):
    crowd.come(2)
    served = []

    def replace(other):
        number = other.fileno()
        selector.unregister(other)
        other.close()
        selector.register(crowd.newcomer(number), READ, lambda *_: served.append("newcomer"))

    crowd.deed = replace
    # The number of the second one is registered again: a newcomer has got it.
    kata.dispatch(selector, selector.select(0))
    assert served == [], "your code gave the newcomer its predecessor's event: they only had the same number"
    assert len(crowd.called) == 1, "your code called a closed object, whose number was another's by then"


class Guest:
    """A connection that calls itself equal to every other of the same name."""

    def __init__(self, sock, name="guest"):
        self.sock, self.name = sock, name

    def fileno(self):
        return self.sock.fileno()

    def __eq__(self, other):
        return isinstance(other, Guest) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


@hints(
    "Two objects can be equal. Are they then one and the same?",
    "Compare with `is`, not with `==`: objects decide themselves what they are equal to.",
)
def test_an_equal_newcomer_is_a_newcomer_all_the_same(kata, selector, crowd):
    crowd.come(2, wrap=Guest)
    served = []

    def replace(other):
        number = other.fileno()
        selector.unregister(other)
        other.sock.close()
        selector.register(Guest(crowd.newcomer(number)), READ, lambda *_: served.append("newcomer"))

    crowd.deed = replace
    kata.dispatch(selector, selector.select(0))
    assert served == [], (
        "your code gave the newcomer its predecessor's event: they are equal, but the event was not about it"
    )
    assert len(crowd.called) == 1, "your code called a closed object, whose number was another's by then"


@hints(
    "The object is registered, but is it under the number that was ready?",
    "Look up key.fd and not key.fileobj: the object may have another number by now.",
)
def test_a_reconnected_socket_does_not_get_the_old_event(kata, selector, crowd, keep):
    crowd.come(2, wrap=Guest)

    def connect_anew(other):
        selector.unregister(other)
        fresh, _ = keep(socket.socketpair())
        other.sock.close()
        other.sock = fresh
        selector.register(other, READ, crowd.callback)

    crowd.deed = connect_anew
    # The second one has a new connection, under another number, on which nothing has come yet.
    kata.dispatch(selector, selector.select(0))
    assert len(crowd.called) == 1, "your code gave the new connection an event of the old one: nothing had come on it"


@hints(
    "One event is dropped. What about those behind it?",
    "continue, not break and not return.",
)
def test_the_rest_of_the_batch_is_served(kata, selector, crowd):
    crowd.come(5)
    events = selector.select(0)
    gone = [key.fileobj for key, _ in events[1:3]]

    def close(other):
        if other in gone:
            selector.unregister(other)
            other.close()

    crowd.deed = close
    # One callback closes the second and the third of the batch. Two are behind them.
    kata.dispatch(selector, events)
    assert len(crowd.called) == 3, "your code did not call the first, and the two behind those that were closed"
    left = set(crowd.members) - set(gone)
    assert set(crowd.called) == left, "your code did not call just the objects that were still registered"


@hints(
    "modify() makes a new key. Is the object still registered?",
    "Compare the objects of the two keys, and not the keys. And whose data is to be called?",
    "current.data(current.fileobj, mask)",
)
def test_after_modify_the_new_callback_is_called(kata, selector, crowd):
    crowd.come(3)
    later = []
    crowd.deed = lambda other: selector.modify(other, READ, lambda member, mask: later.append((member, mask)))
    # The two others are registered as before, with another callback.
    kata.dispatch(selector, selector.select(0))
    assert len(crowd.called) == 1, (
        "your code called the callback that was registered before: it had been replaced meanwhile"
    )
    assert len(later) == 2, (
        "the object was still registered, and its event did not go to the callback that it had by then"
    )
    assert {mask for _, mask in later} == {READ}, "the callback did not get the mask of what the object was ready for"
    assert {member for member, _ in later} == set(crowd.members) - set(crowd.called), (
        "a callback was not called with its object"
    )


@hints(
    "Whose error is it when a callback raises OSError?",
    "Leave out the try: what a callback raises does not say that its socket is gone.",
)
def test_what_a_callback_raises_propagates(kata, selector, crowd):
    sock, _ = crowd.pair()

    def fail(sock, mask):
        raise error

    selector.register(sock, READ, fail)
    for error in (OSError(errno.EBADF, "Bad file descriptor"), ValueError("wrong"), KeyError("who?")):
        name = "EBADF" if isinstance(error, OSError) else type(error).__name__
        with raises_errno(name, words="a callback raised, and the caller never finds out"):
            kata.dispatch(selector, selector.select(0))


@hints(
    "What does get_map() return once the selector is closed?",
    "None: nothing is registered any more, and the rest of the batch is dropped.",
)
def test_a_callback_may_close_the_selector(kata, selector, crowd):
    crowd.come(3)
    crowd.deed = lambda other: selector.close()
    # The one that has its turn first shuts everything down.
    kata.dispatch(selector, selector.select(0))
    assert len(crowd.called) == 1, (
        "the selector was closed, and your code called something: nothing was registered any more"
    )
