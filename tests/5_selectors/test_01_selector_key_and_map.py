"""5.1: register makes a key of four fields; get_map shows the keys, live, under their descriptor numbers."""

import selectors
import socket

from dojo.suite import hints

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def sockets(keep, number):
    """So many connected sockets, on which nobody ever sends."""
    return [keep(socket.socketpair())[0] for _ in range(number)]


@hints(
    "Where does a selector keep what it was told in register()?",
    "get_map() shows every key, and a key has four fields: fileobj, fd, events and data.",
    "Loop over selector.get_map().values().",
)
def test_each_registration_stands_under_its_data(kata, selector, keep):
    one, two, three = sockets(keep, 3)
    selector.register(one, READ, "one")
    selector.register(two, WRITE, "two")
    selector.register(three, READ | WRITE, ("three", 3))
    got = kata.interests(selector)
    assert type(got) is dict, "your code did not return a new dict, but the selector's map or a view of it"
    wanted = {"one": READ, "two": WRITE, ("three", 3): READ | WRITE}
    assert got == wanted, "your dict did not hold each registration's data with the events that are wanted for it"


@hints(
    "To look at the registrations, must one change them?",
    "Call neither register(), unregister() nor modify(), and do not close the selector.",
)
def test_the_selector_stays_as_it_was(kata, selector, keep):
    socks = sockets(keep, 3)
    for name, sock in zip("abc", socks, strict=True):
        selector.register(sock, READ, name)
    kata.interests(selector)
    after = {key.data: key.events for key in selector.get_map().values()}
    assert after == {"a": READ, "b": READ, "c": READ}, "your code changed what is registered"
    # Now one more comes, whose peer has something to say.
    sock, peer = keep(socket.socketpair())
    selector.register(sock, READ, "more")
    peer.send(b"hello")
    ready = [key.data for key, _ in selector.select(0)]
    assert ready == ["more"], "the selector did not report just the one that was ready"


@hints(
    "Nothing was registered, and the selector is open. What is there to tell?",
    "The map is there and has nothing in it.",
)
def test_an_empty_selector_has_no_interests(kata, selector):
    got = kata.interests(selector)
    assert got == {}, "nothing was registered, and your dict was not empty"
    assert type(got) is dict, "your code did not return a dict, but another kind of mapping"


@hints(
    "Which sockets does select() tell of, and which ones were registered?",
    "select() tells what is ready now. The question is what was asked for: that is in the keys.",
)
def test_it_tells_what_is_wanted_and_not_what_is_ready(kata, selector, keep):
    silent, idle = sockets(keep, 2)
    selector.register(silent, READ, "silent")
    selector.register(idle, READ | WRITE, "idle")
    # Nobody sends: the first one is not ready at all, and the second one to write only.
    got = kata.interests(selector)
    assert got == {"silent": READ, "idle": READ | WRITE}, (
        "your dict did not hold all that was registered, whether or not it was ready"
    )


@hints(
    "What does the result say, when the selector changes afterwards?",
    "The map is live. A new dict keeps what was there when it was made.",
)
def test_the_result_does_not_change_afterwards(kata, selector, keep):
    early, late = sockets(keep, 2)
    selector.register(early, READ, "early")
    got = kata.interests(selector)
    selector.register(late, READ, "late")
    assert dict(got) == {"early": READ}, "your result was a live view: what was registered later showed up in it"


@hints(
    "A dict must not change its size while somebody loops over it. Whose size changes here?",
    "The map of the selector changes. A dict of your own does not.",
)
def test_one_can_unregister_while_looping_over_the_result(kata, selector, keep):
    by_name = dict(zip("abc", sockets(keep, 3), strict=True))
    for name, sock in by_name.items():
        selector.register(sock, READ, name)
    for name in kata.interests(selector):
        selector.unregister(by_name[name])
    assert list(selector.get_map()) == [], "your result did not hold all three, or could not be used to unregister them"


@hints(
    "Registrations come, change and go. When do you look at them?",
    "Keep nothing between the calls: each one reads the map again.",
)
def test_each_call_tells_what_is_true_then(kata, selector, keep):
    one, two = sockets(keep, 2)
    selector.register(one, READ, "one")
    selector.register(two, READ, "two")
    assert kata.interests(selector) == {"one": READ, "two": READ}, (
        "two sockets were registered, and your dict did not hold just these"
    )
    selector.modify(one, READ | WRITE, "uno")
    selector.unregister(two)
    assert kata.interests(selector) == {"uno": READ | WRITE}, (
        "one was modified since the last call and the other was gone, and your dict did not show it"
    )


@hints(
    "register() may be called without data. What is then in the key?",
    "None, 0 and an empty string are data like any other: do not ask whether the data is true.",
)
def test_none_and_zero_are_data_too(kata, selector, keep):
    without, zero, empty = sockets(keep, 3)
    selector.register(without, READ)
    selector.register(zero, WRITE, 0)
    selector.register(empty, READ, "")
    got = kata.interests(selector)
    assert got == {None: READ, 0: WRITE, "": READ}, "your dict lacked registrations whose data is false: it is data too"


class Door:
    """An object around a socket; all that a selector needs of it is fileno()."""

    def __init__(self, sock):
        self._sock = sock

    def fileno(self):
        return self._sock.fileno()


@hints(
    "Is it always a socket that is registered?",
    "A bare number will do, and so will any object with a fileno(). You need neither: data and events are in the key.",
)
def test_whatever_has_a_number_can_be_registered(kata, selector, keep):
    one, two = sockets(keep, 2)
    selector.register(one.fileno(), READ, "a number")
    selector.register(Door(two), WRITE, "an object")
    got = kata.interests(selector)
    assert got == {"a number": READ, "an object": WRITE}, (
        "your dict lacked numbers or objects with a fileno(), which are registered too"
    )


@hints(
    "Does close() of a socket tell the selector anything?",
    "The key is still in the map. Do not ask the socket for its number; it has none any more.",
)
def test_a_socket_that_was_closed_is_still_registered(kata, selector, keep):
    alive, gone = sockets(keep, 2)
    selector.register(alive, READ, "alive")
    selector.register(gone, READ, "gone")
    # Closed, and nobody has told the selector: it has the key as before.
    gone.close()
    got = kata.interests(selector)
    assert got == {"alive": READ, "gone": READ}, "a closed socket was still registered, and your dict lacked it"


@hints(
    "What does get_map() return once the selector is closed? Print it.",
    "It returns None. That is not an empty map.",
    "if selector.get_map() is None: return {}",
)
def test_a_closed_selector_has_no_interests(kata, selector, keep):
    (sock,) = sockets(keep, 1)
    selector.register(sock, READ, "sock")
    selector.close()
    assert kata.interests(selector) == {}, "the selector was closed, and your dict was not empty"
    assert sock.fileno() != -1, "your code closed sockets of the caller"


class Wrapped(selectors.BaseSelector):
    """A selector that hands everything on to another one; it has nothing but the public methods."""

    def __init__(self, inner):
        self._inner = inner

    def register(self, *args):
        return self._inner.register(*args)

    def unregister(self, fileobj):
        return self._inner.unregister(fileobj)

    def select(self, timeout=None):
        return self._inner.select(timeout)

    def get_map(self):
        return self._inner.get_map()


@hints(
    "Which methods does every selector have, whatever its class?",
    "get_map() is public. Names that begin with an underscore belong to one implementation.",
)
def test_a_selector_of_another_make_will_do(kata, selector, keep):
    (sock,) = sockets(keep, 1)
    selector.register(sock, READ | WRITE, "sock")
    got = kata.interests(Wrapped(selector))
    assert got == {"sock": READ | WRITE}, "your code did not get everything by the public methods"
