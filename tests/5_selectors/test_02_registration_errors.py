"""5.2: register, modify and unregister each refuse what does not fit; which one fits depends on the state."""

import selectors

import pytest

from dojo.suite import Finding, hints, raises_errno

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def registered(selector, sock):
    """What the selector has of a socket: events and data, or None if it is not registered."""
    key = selector.get_map().get(sock)
    return key and (key.events, key.data)


@hints(
    "The selector does not know the socket yet. Which of its methods is for that?",
    "register(). modify() raises KeyError for a socket that is not registered.",
)
def test_an_unknown_socket_is_registered(kata, selector, unix_pair):
    sock, _ = unix_pair
    kata.set_interest(selector, sock, READ, "data")
    assert registered(selector, sock) == (READ, "data"), (
        "your code did not register the socket with the events and the data"
    )
    assert selector.get_key(sock).fileobj is sock, "the key did not hold the socket itself: callbacks get it from there"


@hints(
    "register() refuses a socket that it knows. What else is there?",
    "modify() changes what is registered. Which of the two is due, the KeyError of the other one tells.",
    "try: selector.modify(...) except KeyError: selector.register(...)",
)
def test_other_events_take_the_place_of_the_old_ones(kata, selector, unix_pair):
    sock, _ = unix_pair
    for events in (READ, WRITE, READ | WRITE, READ):
        kata.set_interest(selector, sock, events, "data")
        assert selector.get_key(sock).events == events, "your code did not replace the old events by the new ones"


@hints(
    "The events are the same, but is that all that was asked for?",
    "data has to be handed to modify() each time. Without it the data becomes None.",
)
def test_other_data_takes_the_place_of_the_old(kata, selector, unix_pair):
    sock, _ = unix_pair
    kata.set_interest(selector, sock, READ, "old")
    kata.set_interest(selector, sock, READ, "new")
    assert registered(selector, sock) == (READ, "new"), "the data was new, and your code did not take it"
    kata.set_interest(selector, sock, WRITE, "newer")
    assert registered(selector, sock) == (WRITE, "newer"), (
        "the events and the data were new, and your code did not take both"
    )
    kata.set_interest(selector, sock, WRITE, None)
    assert registered(selector, sock) == (WRITE, None), (
        "the data was None, and your code did not put it in the place of the old"
    )


@hints(
    "The caller says the same thing twice. Is that an error?",
    "Not here: the second call changes nothing, and raises nothing.",
)
def test_the_same_may_be_said_again(kata, selector, unix_pair):
    sock, _ = unix_pair
    for _ in range(3):
        kata.set_interest(selector, sock, READ | WRITE, "data")
    assert registered(selector, sock) == (READ | WRITE, "data"), (
        "your code was called three times, and the registration was not as after one call"
    )


@hints(
    "Can a selector watch a socket for nothing?",
    "register() refuses 0, and what modify() does with it depends on the class. Take the socket out instead.",
    "if not events: selector.unregister(sock)",
)
def test_no_events_take_the_socket_out(kata, selector, unix_pair):
    sock, peer = unix_pair
    kata.set_interest(selector, sock, READ, "data")
    kata.set_interest(selector, sock, 0, "data")
    assert sock.fileno() != -1, "your code closed the caller's socket"
    assert registered(selector, sock) is None, "the events were 0, and the socket was still registered"
    peer.send(b"hello")
    assert selector.select(0) == [], "the selector still reported the socket"


@hints(
    "What does unregister() say of a socket that is not registered?",
    "KeyError. It is not there, and that is what the caller wants: catch it.",
    "if not events: unregister it if it is there, and return.",
)
def test_no_events_for_an_unknown_socket_are_harmless(kata, selector, unix_pair):
    sock, _ = unix_pair
    kata.set_interest(selector, sock, 0, None)
    assert registered(selector, sock) is None, "the socket was not registered, and your code registered it"
    kata.set_interest(selector, sock, READ, "data")
    for _ in range(2):
        kata.set_interest(selector, sock, 0, "data")
    assert registered(selector, sock) is None, "the socket was switched off twice, and was still registered"


@hints(
    "After 0 the selector has forgotten the socket. Which method is due then?",
    "Ask the selector each time, and keep no list of your own of what is registered.",
)
def test_it_can_be_switched_off_and_on_again(kata, selector, unix_pair):
    sock, _ = unix_pair
    for turn in range(3):
        kata.set_interest(selector, sock, READ, turn)
        assert registered(selector, sock) == (READ, turn), "the socket was switched on, and was not registered"
        kata.set_interest(selector, sock, 0, turn)
        assert registered(selector, sock) is None, "the socket was switched off, and was still registered"
    # Somebody else may use the same selector.
    selector.register(sock, WRITE, "by hand")
    kata.set_interest(selector, sock, READ, "again")
    assert registered(selector, sock) == (READ, "again"), (
        "the socket had been registered by hand meanwhile, and your code did not set what was asked for"
    )


@hints(
    "A registration is one thing, its effect another. What does select() report now?",
    "The selector must be told each time; changing what you have in your hands is not enough.",
)
def test_select_goes_by_the_last_interest(kata, selector, unix_pair):
    sock, peer = unix_pair
    peer.send(b"hello")
    # There are bytes to read, and there is room to write.
    for wanted in (READ, WRITE, READ | WRITE, WRITE, READ):
        kata.set_interest(selector, sock, wanted, "data")
        ready = 0
        for key, mask in selector.select(0):
            assert key.fileobj is sock, "the report was about another object"
            ready |= mask
        assert ready == wanted, "select() did not report what was asked for last"


@pytest.mark.parametrize("events", [4, 4 | READ, -1], ids=["unknown", "unknown and READ", "negative"])
@hints(
    "Try selector.modify(sock, 4) on each of the three classes. Which of them complains?",
    "Do not leave the check to the selector: look at the events before you touch the registration.",
    "if events & ~(EVENT_READ | EVENT_WRITE): raise ValueError",
)
def test_events_that_do_not_exist_change_nothing(kata, selector, unix_pair, events):
    sock, _ = unix_pair
    with raises_errno("ValueError", words="your code accepted events that do not exist for a new socket"):
        kata.set_interest(selector, sock, events, "wrong")
    assert registered(selector, sock) is None, "your code registered what it refused"
    kata.set_interest(selector, sock, READ, "right")
    with raises_errno("ValueError", words="your code accepted events that do not exist for a registered socket"):
        kata.set_interest(selector, sock, events, "wrong")
    got = registered(selector, sock)
    assert got == (READ, "right"), "the call was refused, and the registration was gone or changed all the same"


@hints(
    "A closed socket has no number any more. What does register() say to it?",
    "ValueError, and that is the right answer. Catch KeyError, and nothing else.",
)
def test_a_closed_socket_is_an_error(kata, selector, unix_pair):
    sock, _ = unix_pair
    sock.close()
    with raises_errno("ValueError", words="a closed socket cannot be watched, and the caller never finds out"):
        kata.set_interest(selector, sock, READ, "data")
    assert list(selector.get_map()) == [], "your code registered something"


@hints(
    "How many sockets does one call change?",
    "One. The others keep their events and their data.",
)
def test_other_sockets_are_left_alone(kata, selector, unix_pair, pair):
    one, two = unix_pair
    other, _ = pair
    selector.register(other, READ | WRITE, "other")
    kata.set_interest(selector, one, READ, "one")
    kata.set_interest(selector, two, WRITE, "two")
    kata.set_interest(selector, one, 0, None)
    assert registered(selector, other) == (READ | WRITE, "other"), "your code changed a socket that was not asked about"
    assert registered(selector, two) == (WRITE, "two"), "one was switched off, and two was not watched as before"


@hints(
    "The socket is closed, and nobody is to watch it. Is that an error?",
    "A closed socket has no number to look under: unregister() raises ValueError for it, and not KeyError.",
)
def test_no_events_for_a_closed_socket_are_harmless(kata, selector, unix_pair):
    sock, _ = unix_pair
    sock.close()
    try:
        kata.set_interest(selector, sock, 0, None)
    except (KeyError, ValueError) as error:
        words = "the socket was closed and not registered, and your code raised an error for 0 events"
        raise Finding(words, "it should return: nobody is to watch that socket", type(error).__name__) from error
