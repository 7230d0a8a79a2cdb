"""4.5: a one-shot socket is reported once, to one thread, and again when that thread has armed it."""

import select
import socket

import pytest

from dojo.suite import (
    GREEN,
    before_each_read,
    break_off,
    hints,
    interest,
    linux_only,
    mode_of,
    numbered,
    on_stub,
    raises_errno,
    wait_reset,
)

pytestmark = linux_only("epoll")

EVENTS = ("EPOLLIN", "EPOLLPRI", "EPOLLOUT", "EPOLLRDHUP", "EPOLLEXCLUSIVE", "EPOLLET", "EPOLLONESHOT")


def register(epoll, sock):
    """Make it what handle() expects: non-blocking, one-shot and armed."""
    sock.setblocking(False)
    epoll.register(sock, select.EPOLLIN | select.EPOLLONESHOT)


def heard(reports, sock):
    """Whether this socket is among the reports."""
    return "reported" if sock.fileno() in dict(reports) else "not reported"


def ask(epoll, sock):
    """What a thread that asks now is told about this socket."""
    return heard(epoll.poll(0), sock)


@on_stub(GREEN)
@hints(
    "Epoll has said that there is something to read. What type does recv() return?",
    "bytearray(b'x') == b'x', and yet they differ. Return bytes.",
)
def test_what_has_come_is_returned(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"hello")
    ask(epoll, sock)
    data = kata.handle(epoll, sock)
    assert data == b"hello", "five bytes were in the socket, and your code did not return them"
    assert type(data) is bytes, "your code did not return a bytes object"


@on_stub(GREEN)
@hints(
    "After its one report the entry is still there, and it is mute. Who wakes it up?",
    "register() says that the socket is registered already, and it is right. What changes an entry that exists?",
    "epoll.modify(sock, …) arms it again; the mask has to be given once more.",
)
def test_what_comes_next_is_reported(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    for message in (b"one", b"two", b"three"):
        peer.send(message)
        assert ask(epoll, sock) == "reported", (
            "a message came after handle(), and no thread was told: your code did not arm the socket again"
        )
        assert kata.handle(epoll, sock) == message, "your code did not return what had come since the call before"


@on_stub("your code armed the socket without EPOLLONESHOT: a second thread got it as well")
@hints(
    "Does modify() add to the mask that was there, or replace it?",
    "It replaces it. What the socket was registered for has to be in the new mask too, all of it.",
    "select.EPOLLIN | select.EPOLLONESHOT",
)
def test_what_comes_next_is_reported_to_one_thread_alone(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"one")
    ask(epoll, sock)
    kata.handle(epoll, sock)
    peer.send(b"two")
    assert ask(epoll, sock) == "reported", "a second message came, and the first thread that asked was not told"
    # That thread has not read yet. More comes, and a second one asks.
    peer.send(b"three")
    assert ask(epoll, sock) == "not reported", (
        "your code armed the socket without EPOLLONESHOT: a second thread got it as well"
    )


@on_stub("other events than it was registered for")
@hints(
    "For which events was the socket registered? For which of them is it armed now?",
    "The caller knows EPOLLIN and EPOLLONESHOT. EPOLLET and EPOLLRDHUP are reports that it did not ask for.",
)
def test_it_is_armed_for_the_events_of_its_registration(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"one")
    ask(epoll, sock)
    kata.handle(epoll, sock)
    mask = interest(epoll).get(sock.fileno(), 0)
    armed = [name for name in EVENTS if mask & getattr(select, name)]
    assert armed == ["EPOLLIN", "EPOLLONESHOT"], (
        "your code armed the socket for other events than it was registered for"
    )


@on_stub("before the last read")
@hints(
    "Another thread waits on the same epoll object. From which of your lines on can it get this socket?",
    "An armed socket is reported if there is still something in it. Which comes first, reading or arming?",
    "Read first. Arming is the last thing that you do with the socket.",
)
def test_it_is_not_armed_while_it_is_read(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"one")
    ask(epoll, sock)
    seen = []
    # The kernel's own list tells what the entry is armed for, just before each read.
    before_each_read(lambda: seen.append(interest(epoll).get(sock.fileno(), 0) & select.EPOLLIN))
    kata.handle(epoll, sock)
    state = "armed" if any(seen) else "disarmed"
    assert state == "disarmed", (
        "your code armed the socket before the last read: another thread gets it and reads as well"
    )


@on_stub(GREEN)
@hints(
    "You need not read everything at once. What must hold for the rest to be reported?",
    "Arm the socket on every way on which data is returned, however much of it: what is left is then reported.",
)
@hints(
    "How large is your recv()? The caller may rely on 1024 bytes a call, where as many have come.",
    "recv(65536), or all that is there, until BlockingIOError.",
    when="1024",
)
@pytest.mark.parametrize("size", [51_200, 65_536, 1_024], ids=["no buffer's size", "64 KiB", "1 KiB"])
def test_what_is_left_in_the_socket_is_reported(kata, unix_pair, epoll, size):
    sock, peer = unix_pair
    register(epoll, sock)
    data, got = numbered(size), b""
    peer.sendall(data)
    while len(got) < len(data):
        assert ask(epoll, sock) == "reported", "bytes were left in the socket, and no thread was told of them"
        piece = kata.handle(epoll, sock)
        least = min(1024, len(data) - len(got))
        assert len(piece) >= least, "your code took fewer than the first 1024 bytes of what had come"
        got += piece
    assert got == data, "your code lost bytes, or returned them twice or in another order"
    # The last piece may have filled a buffer to its end, or not.
    peer.send(b"more")
    assert ask(epoll, sock) == "reported", (
        "all was read, more came, and no thread was told: your code did not arm the socket"
    )


@on_stub("the end stood behind the last bytes, and no thread was told of it")
@hints(
    "The peer has sent its last words and closed. How many calls does it take to tell both?",
    "b'' in a call of its own: one that returns data leaves the end in the socket, and arms it.",
    "An end that was read can be read again. It is enough to arm the socket whenever there is data to return.",
)
def test_the_end_comes_in_a_call_of_its_own(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"bye")
    peer.close()
    ask(epoll, sock)
    assert kata.handle(epoll, sock) == b"bye", "your code did not return the last bytes before the end"
    assert ask(epoll, sock) == "reported", "the end stood behind the last bytes, and no thread was told of it"
    assert kata.handle(epoll, sock) == b"", "only the end was left, and your code did not return b''"


@on_stub("your code closed the socket")
@hints(
    "What closes the socket: the function that reads, or the caller that gets b''?",
    "Return b'' and leave the socket as it is. No close(), no setblocking().",
)
def test_the_socket_stays_open_and_non_blocking(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    before = mode_of(sock)
    peer.send(b"one")
    ask(epoll, sock)
    kata.handle(epoll, sock)
    assert mode_of(sock) == before, "data had come, and your code left the caller's socket in another mode"
    peer.close()
    ask(epoll, sock)
    assert kata.handle(epoll, sock) == b"", "the peer had closed, and your code did not return b''"
    assert mode_of(sock) == before, "the stream had ended, and your code closed the socket or left it in another mode"


@on_stub("the connection broke, and the caller never finds out")
@hints(
    "A broken connection is reported like input, and recv() then raises. What tells the caller?",
    "Which error of recv() means that nothing more has come? Catch no other.",
    "BlockingIOError. A reset is ConnectionResetError; ETIMEDOUT is TimeoutError: let both propagate.",
)
@hints(
    "The socket came open and non-blocking, and an error propagates. How does the caller get it back?",
    "Leave the mode alone, and do not close: the socket is the caller's, on every way out.",
    when="another mode",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_broken_connection_is_an_error(kata, pair, epoll, error):
    sock, peer = pair
    register(epoll, sock)
    before = mode_of(sock)
    break_off(peer, error)
    wait_reset(sock)
    ask(epoll, sock)
    with raises_errno(error, words="the connection broke, and the caller never finds out"):
        kata.handle(epoll, sock)
    assert mode_of(sock) == before, "the connection broke, and your code closed the socket or left it in another mode"


@on_stub(GREEN)
@hints(
    "Everything was read. What could there be to report?",
    "A connection is writable nearly always. Arm the socket for what it was registered for, and for no more.",
)
def test_an_idle_socket_is_not_reported(kata, unix_pair, epoll):
    sock, peer = unix_pair
    register(epoll, sock)
    peer.send(b"one")
    ask(epoll, sock)
    kata.handle(epoll, sock)
    # The message was read, and the peer is silent.
    assert ask(epoll, sock) == "not reported", (
        "nothing had come since, and the socket was reported: your code armed it for more than input"
    )


@on_stub(GREEN)
@hints(
    "The epoll object watches more than your socket. What do you ask of it?",
    "A report is given once. A poll() in here gets reports that are meant for somebody else.",
    "handle() needs no poll(): the caller has done it. Change the entry of sock and no other.",
)
def test_other_sockets_are_left_alone(kata, unix_pair, epoll, keep, tape):
    sock, peer = unix_pair
    taken, taken_peer = keep(socket.socketpair())
    fresh, fresh_peer = keep(socket.socketpair())
    for one, name in ((sock, "sock"), (taken, "taken"), (fresh, "fresh")):
        register(epoll, one)
        tape.label(one, name)
    # Two are reported, to this thread and to another one, which is still at work.
    peer.send(b"one")
    taken_peer.send(b"two")
    epoll.poll(0)
    fresh_peer.send(b"three")
    kata.handle(epoll, sock)
    told = epoll.poll(0)
    assert heard(told, fresh) == "reported", "your code took a report that was meant for another socket"
    assert heard(told, taken) == "not reported", "your code armed a socket that another thread works on"
