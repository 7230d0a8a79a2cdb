"""5.5: a socket closed behind the selector's back is still registered, and can be taken out by the object alone."""

import selectors
import socket

from dojo.suite import (
    Finding,
    changed_settings,
    hints,
    interest,
    linux_only,
    read_exactly,
    read_to_end,
    shared_settings,
    take_number,
    wait_unread,
)

READ = selectors.EVENT_READ


def names(selector):
    """The data of all that is registered."""
    return sorted(key.data for key in selector.get_map().values())


@hints(
    "Two things have to end: the registration and the socket.",
    "unregister(), then close().",
)
def test_a_registered_socket_is_taken_out_and_closed(kata, selector, pair):
    sock, peer = pair
    selector.register(sock, READ, "sock")
    kata.drop(selector, sock)
    assert names(selector) == [], "the socket was dropped, and your code left it registered"
    assert sock.fileno() == -1, "the socket was dropped, and your code left it open"
    assert read_to_end(peer) == b"", "the peer did not see the end"


@hints(
    "A closed socket has the number -1. How does unregister() find its key?",
    "It looks for the object itself, among all keys. Hand it the socket, closed as it is.",
    "Do not ask for fileno(), and do not skip a socket that is closed.",
)
def test_a_closed_socket_leaves_the_selector(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "sock")
    # Closed behind the selector's back: the key is still there, and its number is nobody's.
    sock.close()
    kata.drop(selector, sock)
    assert names(selector) == [], "your code left a stale key: the socket was closed and still registered"


@hints(
    "What does each of the three classes do at select(), when a closed socket is registered?",
    "SelectSelector fails for everybody. The stale key has to go.",
)
def test_the_selector_works_again_afterwards(kata, selector, unix_pair, pair):
    sock, _ = unix_pair
    other, friend = pair
    selector.register(sock, READ, "sock")
    selector.register(other, READ, "other")
    sock.close()
    kata.drop(selector, sock)
    try:
        silent = selector.select(0)
    except OSError as error:
        words = "the selector failed for all its sockets, because of one that was closed"
        raise Finding(words, "select() should return", f"{type(error).__name__}: {error}") from error
    assert silent == [], "nothing had come, and the selector reported the number of the closed socket"
    friend.sendall(b"hello")
    wait_unread(other, 5)
    assert [key.data for key, _ in selector.select(0)] == ["other"], "the other socket was not watched as before"


@hints(
    "An open socket that nobody has registered: what does unregister() say?",
    "KeyError. It is not there, which is what is wanted.",
)
def test_an_unknown_socket_is_closed(kata, selector, pair):
    sock, peer = pair
    kata.drop(selector, sock)
    assert sock.fileno() == -1, "your code did not close the socket"
    assert read_to_end(peer) == b"", "the peer did not see the end"


@hints(
    "Which of your calls needs a connection? This socket never had one.",
    "shutdown() raises OSError (ENOTCONN) here. close() needs no connection, and sends the end all the same.",
)
def test_a_socket_without_a_connection_is_closed(kata, selector, keep):
    sock = keep(socket.socket())
    selector.register(sock, READ, "sock")
    try:
        kata.drop(selector, sock)
    except OSError as error:
        words = "drop() raised for a socket that has no connection"
        raise Finding(words, "drop() should return None", f"drop() raised {type(error).__name__}: {error}") from error
    assert names(selector) == [], "the socket was dropped, and your code left it registered"
    assert sock.fileno() == -1, "the socket was dropped, and your code left it open"


@hints(
    "Somebody else holds a duplicate of the socket. What ends the connection for everybody, and what for you alone?",
    "shutdown() ends the connection for all who hold it. close() gives up your own descriptor.",
)
def test_a_duplicate_keeps_its_connection(kata, selector, pair, keep):
    sock, peer = pair
    sock.setblocking(False)
    duplicate = keep(sock.dup())
    selector.register(sock, READ, "sock")
    before = shared_settings(duplicate)
    kata.drop(selector, sock)
    assert sock.fileno() == -1, "the socket was dropped, and your code left it open"
    assert changed_settings(duplicate, before) == [], "your code changed what the duplicates of the socket share"
    try:
        duplicate.sendall(b"hello")
    except OSError as error:
        words = "your code ended the connection, which a duplicate of the socket still uses"
        raise Finding(words, "the duplicate should send", f"send() raised {type(error).__name__}: {error}") from error
    assert read_exactly(peer, 5) == b"hello", "the duplicate of the dropped socket should still send"


@hints(
    "A socket that is closed and unknown: try unregister(), get_key() and `in get_map()` on it.",
    "All of them raise ValueError, because -1 is not a number of a descriptor. KeyError is for open sockets.",
    "except (KeyError, ValueError)",
)
def test_a_closed_and_unknown_socket_is_harmless(kata, selector, unix_pair, pair):
    sock, _ = unix_pair
    sock.close()
    kata.drop(selector, sock)
    assert names(selector) == [], "nothing was registered, and something was after your call"
    # The same with something in the selector, among which the closed one is looked for.
    selector.register(pair[0], READ, "other")
    kata.drop(selector, sock)
    assert names(selector) == ["other"], "your code changed another socket's registration"


@hints(
    "The second call finds a socket that the first one has closed and taken out.",
    "Closed and unknown: that is ValueError, and it is harmless.",
)
def test_it_may_be_dropped_again_and_again(kata, selector, unix_pair):
    sock, other = unix_pair
    selector.register(sock, READ, "sock")
    selector.register(other, READ, "other")
    # Two callbacks find out, one after the other, that a connection has to go.
    for _ in range(3):
        kata.drop(selector, sock)
    assert names(selector) == ["other"], (
        "the socket was dropped three times, and the selector did not hold just the other one"
    )
    assert sock.fileno() == -1, "the socket was dropped three times, and was not closed"


@hints(
    "As before, but it was closed before the first call.",
    "The first call finds it by the object; the second one does not find it any more.",
)
def test_a_socket_closed_before_may_be_dropped_twice(kata, selector, unix_pair):
    sock, other = unix_pair
    selector.register(other, READ, "other")
    selector.register(sock, READ, "sock")
    sock.close()
    for _ in range(2):
        kata.drop(selector, sock)
    assert names(selector) == ["other"], "the selector did not hold just the other socket: the stale key should be out"


@hints(
    "Several sockets were closed behind the selector's back. Which one is to go?",
    "The one that was handed in. All of them have the same fileno() by now: go by the object.",
)
def test_of_several_closed_ones_the_right_one_goes(kata, selector, keep):
    socks = {name: keep(socket.socketpair())[0] for name in ("one", "three", "two")}
    for name, sock in socks.items():
        selector.register(sock, READ, name)
        sock.close()
    kata.drop(selector, socks["two"])
    assert names(selector) == ["one", "three"], "one closed socket was dropped, and your code took out another one"
    kata.drop(selector, socks["one"])
    kata.drop(selector, socks["three"])
    assert names(selector) == [], "each closed socket was dropped, and your code left some registered"


@hints(
    "How many sockets does one call touch?",
    "One. Unregister that, close that, and neither empty nor close the selector.",
)
def test_other_sockets_are_left_alone(kata, selector, unix_pair, pair):
    sock, _ = unix_pair
    other, friend = pair
    before = selector.register(other, READ | selectors.EVENT_WRITE, "other")
    selector.register(sock, READ, "sock")
    kata.drop(selector, sock)
    assert selector.get_map().get(other) == before, "your code changed another socket's registration"
    friend.sendall(b"hello")
    assert read_exactly(other, 5) == b"hello", "your code closed another socket"


@hints(
    "The old number belongs to a new connection now. Do you remember numbers?",
    "A socket that was dropped has no number. Go by the object, and by nothing that you have kept.",
)
def test_dropped_again_it_does_not_take_out_a_newcomer(kata, selector, unix_pair, keep):
    sock, _ = unix_pair
    number = sock.fileno()
    selector.register(sock, READ, "old")
    kata.drop(selector, sock)
    assert sock.fileno() == -1, "the socket was dropped, and your code left it open"
    # A new client comes and gets the number. Somebody still holds the old socket, and drops it once more.
    new, _ = take_number(keep, number)
    selector.register(new, READ, "new")
    kata.drop(selector, sock)
    assert names(selector) == ["new"], "a new socket had the old one's number, and your code took the new one out"


@hints(
    "The key has a number in it. Whose is it now?",
    "Close the socket object, which knows that it is closed already. Do not close a number.",
)
def test_a_newcomer_with_its_number_stays_open(kata, selector, unix_pair, keep):
    sock, _ = unix_pair
    number = sock.fileno()
    selector.register(sock, READ, "old")
    sock.close()
    # A new connection has the number; it is not registered yet.
    new, friend = take_number(keep, number)
    kata.drop(selector, sock)
    try:
        friend.send(b"hello")
        assert new.recv(100) == b"hello", "the newcomer did not read what its peer had sent"
    except OSError as error:
        new.detach()
        words = "your code closed the number in the key, which was another socket's by then"
        raise Finding(words, "the newcomer should stay open", f"{type(error).__name__}: {error}") from error
    assert names(selector) == [], "the stale key was still there, and the newcomer could not be registered"


@hints(
    "A socket was closed and is still registered. What has the number under which the key stands?",
    "For an open socket unregister() goes by the number. Is it your socket that stands in that key?",
    "if selector.get_key(sock).fileobj is sock: selector.unregister(sock)",
)
def test_the_key_of_another_socket_with_its_number_stays(kata, selector, unix_pair, keep):
    old, _ = unix_pair
    number = old.fileno()
    selector.register(old, READ, "old")
    old.close()
    # A new connection has the number, nobody registers it, and it is dropped.
    new, _ = take_number(keep, number)
    kata.drop(selector, new)
    assert new.fileno() == -1, "the socket was dropped, and your code left it open"
    assert names(selector) == ["old"], "your code took out the key of another socket, which had this number before"


@linux_only("the list of what an epoll object watches")
@hints(
    "unregister() tells the kernel a number. Which one, if the socket was closed a moment before?",
    "epoll watches a connection until its last duplicate is closed, unless it is told to stop: tell it, then close.",
)
def test_an_open_socket_is_unregistered_before_it_is_closed(kata, pair, keep):
    sock, _ = pair
    selector = keep(selectors.EpollSelector())
    selector.register(sock, READ, "sock")
    # Somebody holds a duplicate, as a child process would.
    keep(sock.dup())
    kata.drop(selector, sock)
    if interest(selector):
        words = "the kernel went on watching: unregister first, then close, because nothing else can end that"
        raise Finding(words, "epoll watches nothing", "the connection's duplicate, which nobody can unregister")
