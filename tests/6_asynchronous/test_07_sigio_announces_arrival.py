"""6.7: SIGIO says that there is something to look at; the rest is care, before it, meanwhile and after it."""

import _socket
import contextlib
import fcntl
import os
import signal
import socket
import sys
import termios

import pytest

from dojo.suite import (
    Finding,
    asleep_in,
    hints,
    is_nonblocking,
    linux_only,
    off_the_tape,
    raises_errno,
    stands_in,
    unread,
    wait_until,
)

LINUX = sys.platform == "linux"
F_SETOWN_EX = 15  # fcntl.h; Linux only
ARM = (fcntl.F_SETOWN, F_SETOWN_EX, getattr(termios, "FIOASYNC", None), 0x8901, 0x8902)  # and FIOSETOWN, SIOCSPGRP
RECEIVE = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")


@pytest.fixture(autouse=True)
def strays():
    """The program has a handler for SIGIO, and notes what comes to it. It is put back when all sockets are closed."""
    came = []

    def own_handler(signum, frame):
        came.append(signal.Signals(signum).name)

    former = signal.signal(signal.SIGIO, own_handler)
    yield came
    signal.signal(signal.SIGIO, former)


@pytest.fixture
def receive(kata, unix_pair, keep):
    """`receive()` makes a receiver on the one end of the pair; `receive.close(it)` ends it, or the end of the test."""
    made = []

    def make(sock=unix_pair[0], mode=0.0):
        sock.settimeout(mode)
        made.append(kata.SigioReceiver(sock))
        return made[-1]

    def close(receiver):
        made.remove(receiver)
        receiver.close()

    make.close = close
    yield make
    for receiver in made:
        receiver.close()


def send(peer, data):
    """The peer sends in the middle of a step of the learner's, which is not the learner's call; SIGIO comes at once."""
    with off_the_tape():
        _socket.socket.send(peer, data)
    for _ in range(100):  # the interpreter runs its handlers between two turns
        pass


@pytest.fixture
def awake(background, tape, unix_pair):
    """A block in which the main thread must not fall asleep; if it does, the peer ends its sleep."""
    _, peer = unix_pair
    over = []

    def asleep():
        under_way = [call for call in tape.calls() if call.ended is None and (LINUX or call.ready is False)]
        return [call for call in under_way if asleep_in(call)]

    def watch():
        wait_until(lambda: over or asleep(), "your code to come back")
        for call in asleep():
            peer.close()
            words = "your handler waited, or your __init__: whatever the program was doing stands still"
            raise Finding(words, "no call should wait", f"{call.text} waits, at line {call.line}")

    @contextlib.contextmanager
    def block():
        # The thread that watches takes no signal away from the one that is watched.
        former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGIO})
        watching = background(watch, may_raise=True)
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
        try:
            yield
        finally:
            over.append(True)
            watching.result()

    return block


@pytest.fixture
def meanwhile(monkeypatch, unix_pair):
    """`meanwhile(place)`: from now on the peer sends a letter "before" or "after" each step that arms or disarms."""
    _, peer = unix_pair
    sent, on = [], []

    def letter(place):
        if place in on:
            sent.append(bytes([ord("a") + len(sent)]))
            send(peer, sent[-1])

    def watched(module, name, matters):
        step = getattr(module, name)

        @stands_in
        def stand_in(*args):
            if matters(*args):
                letter("before")
            done = step(*args)
            if matters(*args):
                letter("after")
            return done

        monkeypatch.setattr(module, name, stand_in)

    watched(signal, "signal", lambda signum, handler: signum == signal.SIGIO)
    for name in ("fcntl", "ioctl"):
        watched(fcntl, name, lambda fd, cmd, *arg: cmd == fcntl.F_SETFL or cmd in ARM)

    def start(*places):
        on.extend(places)
        return sent

    yield start
    on.clear()


@pytest.fixture
def more_comes(monkeypatch, unix_pair):
    """`more_comes(*pieces)`: each time a piece was read, and before the reader has it, the peer sends the next."""
    _, peer = unix_pair
    waiting = []

    def watched(place, name):
        read = getattr(place, name)

        @stands_in
        def stand_in(*args, **kwargs):
            got = read(*args, **kwargs)
            if waiting:
                send(peer, waiting.pop(0))
            return got

        monkeypatch.setattr(place, name, stand_in)

    for name in RECEIVE:
        watched(socket.socket, name)
    watched(os, "read")
    return waiting.extend


@hints(
    "Where does the signal go? A socket has no owner, unless somebody has set one.",
    "fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid()), and O_ASYNC among the flags that F_SETFL sets.",
    "The handler reads: signal.signal(signal.SIGIO, ...) in __init__.",
)
def test_what_arrives_is_in_data(receive, unix_pair, strays):
    _, peer = unix_pair
    receiver = receive()
    assert receiver.data == b"", "nothing had come yet, and data was not empty"
    # On this pair of sockets what is sent has arrived, and is announced, before send() returns.
    peer.send(b"hello")
    assert strays == [], "the program's old handler got the signal, and not yours"
    assert receiver.data == b"hello", (
        "five bytes came, and your handler was not called: the socket needs owner and O_ASYNC"
    )
    peer.send(b", world")
    assert receiver.data == b"hello, world", "what came later was not added to what there was"
    assert type(receiver.data) is bytearray, "data was not a bytearray"
    assert receiver.eof is False, "the peer had not ended, and eof was not False"


@hints(
    "Some bytes were there before the socket was armed. Does a signal come for them?",
    "No. Read once in __init__ what is there already.",
)
def test_what_was_there_before_is_in_data_too(receive, unix_pair):
    _, peer = unix_pair
    peer.send(b"early")
    receiver = receive()
    assert receiver.data == b"early", "your code overlooked what was there before: no signal announces it, so look once"


@hints(
    "Bytes that come between your look and the arming: what tells of them?",
    "First arm, then look. What comes after the arming is announced, what came before it is seen.",
    "The order: handler, F_SETOWN, O_ASYNC, and then read.",
)
def test_bytes_that_come_just_before_it_is_armed_are_not_lost(receive, meanwhile):
    # A letter comes before each step that it takes.
    sent = meanwhile("before")
    receiver = receive()
    assert bytes(receiver.data) == b"".join(sent), (
        "your code overlooked bytes that came just before the socket was armed"
    )


@hints(
    "The socket is armed, and bytes come at this very moment. Which handler gets the signal?",
    "signal.signal() first, and O_ASYNC after it.",
)
def test_its_handler_is_there_before_the_first_signal(receive, meanwhile, strays):
    # A letter comes after each step that it takes; once the socket is armed, with a signal.
    sent = meanwhile("after")
    receiver = receive()
    assert strays == [], (
        "your code armed the socket before its handler was there: where no other handler is, SIGIO kills the process"
    )
    assert bytes(receiver.data) == b"".join(sent), (
        "your code overlooked bytes that came while the socket was being armed"
    )


@hints(
    "Three times something was sent, and one signal comes. How much do you read for it?",
    "Signals do not queue: read until there is no more, until BlockingIOError.",
)
def test_signals_that_merge_lose_no_byte(receive, unix_pair):
    sock, peer = unix_pair
    receiver = receive()
    # The signal is held back meanwhile, as it is while the program has it blocked.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGIO})
    for letter in (b"a", b"b", b"c"):
        peer.send(letter * 30_000)
    assert unread(sock) == 90_000, "no SIGIO had been handled, and something of yours read: what, if not the handler?"
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    wanted = b"a" * 30_000 + b"b" * 30_000 + b"c" * 30_000
    assert bytes(receiver.data) == wanted, (
        "one signal stood for all three messages, and your code did not read all: it is a hint and not a count"
    )


@hints(
    'What does recv() return at the end? b"" is the end, and not "nothing there".',
    "Bytes and the end may share a signal: go on reading after the bytes, up to b'' or BlockingIOError.",
)
def test_the_end_behind_the_last_bytes_is_seen(receive, unix_pair):
    _, peer = unix_pair
    receiver = receive()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGIO})
    peer.send(b"last")
    peer.shutdown(socket.SHUT_WR)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    # One signal has come for both.
    assert receiver.data == b"last", "data did not hold the last bytes before the end"
    assert receiver.eof is True, "the end came with the last bytes, in one signal, and your code overlooked it"


@hints(
    "The peer ends, and sends nothing. Which signal tells?",
    "The same: eof becomes True when recv() returns b''. If the end was there before, no signal tells of it.",
)
def test_the_end_is_announced_as_well(receive, unix_pair, keep):
    _, peer = unix_pair
    receiver = receive()
    peer.shutdown(socket.SHUT_WR)
    assert (bytes(receiver.data), receiver.eof) == (b"", True), (
        "the peer ended, nothing came before, and eof was not True"
    )
    receive.close(receiver)
    # This one finds the end when it begins.
    sock, other = keep(socket.socketpair())
    other.close()
    assert receive(sock).eof is True, "the stream had ended before, and your code overlooked it: look once"


@hints(
    "A signal can interrupt your handler, between recv() and the growing of data. What does the second handler do?",
    "It reads what came later, and adds it first. Let it only leave a note when another one is reading.",
    "Two flags: `reading`, and `again`, which the handler that reads looks at when it is done.",
)
def test_bytes_that_come_while_it_reads_stay_in_order(receive, more_comes, unix_pair):
    _, peer = unix_pair
    more_comes([b"two ", b"three "])
    peer.send(b"one ")
    # While it looks for what was there before, more comes each time, and each time a signal.
    receiver = receive()
    assert bytes(receiver.data) == b"one two three ", (
        "a signal came while your code was reading, and the bytes were in disorder"
    )
    more_comes([b"five ", b"six "])
    peer.send(b"four ")
    wanted = b"one two three four five six "
    assert bytes(receiver.data) == wanted, "a signal came while the handler was reading, and the bytes were in disorder"


@hints(
    "close() ends your part. May the handler still read?",
    "Clear O_ASYNC. And do not close the socket: it is not yours.",
)
def test_after_close_what_arrives_is_the_callers(receive, unix_pair, strays):
    sock, peer = unix_pair
    receiver = receive()
    receive.close(receiver)
    assert sock.fileno() >= 0, "your code closed the socket, which belongs to the caller"
    peer.send(b"yours")
    assert strays == [], "the socket still sent SIGIO after close(): where no handler is, that kills the process"
    assert receiver.data == b"", "your code read what arrived after close(), which is the caller's"
    assert unread(sock) == 5, "the caller did not read what arrived after close()"


@hints(
    "Your handler reads until there is nothing more. What does recv() do then on a blocking socket?",
    "It sleeps, and the whole program with it. sock.setblocking(False); the mode is put back by close().",
    "MSG_DONTWAIT is not enough: Python itself waits on a socket with a timeout.",
)
@pytest.mark.parametrize("mode", [None, 30.0, 0.0], ids=["blocking", "timeout", "nonblocking"])
def test_no_handler_waits(receive, unix_pair, awake, mode):
    sock, peer = unix_pair
    with awake():
        receiver = receive(mode=mode)
        peer.send(b"hello")
    assert receiver.data == b"hello", "your code did not receive from a socket in this mode"
    receive.close(receiver)
    assert sock.gettimeout() == mode, "close() did not put the socket's mode back"
    assert is_nonblocking(sock) == (mode is not None), "close() did not put the socket's mode back"


@hints(
    "A reset raises in recv(), in the handler. Where does that error go?",
    "Whatever the program is doing at this moment. Catch OSError in the handler: the stream has ended.",
)
@linux_only("a socketpair that resets when an end is closed with unread bytes")
def test_a_connection_that_fails_has_ended(receive, unix_pair, keep):
    sock, peer = unix_pair
    receiver = receive()
    sock.send(b"never read")
    peer.send(b"last words")
    try:
        peer.close()
    except OSError as error:
        wanted, got = "nothing is raised", type(error).__name__
        raise Finding("the handler's error was raised in the middle of the program", wanted, got) from error
    assert (bytes(receiver.data), receiver.eof) == (b"last words", True), "the peer reset, and eof was not True"


def settings(sock):
    """Who owns a socket, and whether it announces anything."""
    return fcntl.fcntl(sock, fcntl.F_GETOWN), bool(fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_ASYNC)


@hints(
    "signal.signal() returns something. What?",
    "The handler that it replaces: keep it, and put it back in close().",
)
def test_close_puts_the_handler_back(receive, unix_pair):
    own = signal.getsignal(signal.SIGIO)
    _, peer = unix_pair
    receiver = receive()
    peer.send(b"hello")
    receive.close(receiver)
    assert signal.getsignal(signal.SIGIO) is own, "close() did not put the program's own handler for SIGIO back"
    assert receiver.data == b"hello", "data did not keep what had arrived before close()"


@hints(
    "F_GETOWN and F_GETFL tell how it was before. Where do you keep that?",
    "Put the owner back that was there, which may be 0; clear O_ASYNC only if it was not set.",
)
@pytest.mark.parametrize("armed", [False, True], ids=["nobodys", "the_programs"])
def test_close_puts_owner_and_flag_back(receive, unix_pair, armed):
    sock, _ = unix_pair
    if armed:
        fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sock, fcntl.F_SETFL, fcntl.fcntl(sock, fcntl.F_GETFL) | os.O_ASYNC)
    before = settings(sock)
    receive.close(receive())
    assert settings(sock) == before, "close() did not put owner and O_ASYNC of the socket back"


@hints(
    "A byte comes in the middle of close(). Which handler does its signal meet?",
    "First clear O_ASYNC, then put the old handler back.",
    "And the mode of the socket comes last: your own handler may still run, and must not wait.",
)
def test_a_signal_in_the_middle_of_close_meets_its_own_handler(receive, unix_pair, meanwhile, awake, strays):
    sock, _ = unix_pair
    with awake():
        receiver = receive(mode=None)
        sent = meanwhile("before", "after")
        receive.close(receiver)
    assert strays == [], "a signal met the old handler, and it might have been none: first disarm, then put it back"
    left = sock.recv(100) if unread(sock) else b""
    assert bytes(receiver.data) + left == b"".join(sent), (
        "a byte was neither in data nor in the socket, or they were in disorder"
    )


@hints(
    "One receiver has been closed. What of it is left for the next?",
    "Keep everything in the object: the socket, the bytes, what has to be put back.",
)
def test_the_next_receiver_starts_afresh(receive, unix_pair, keep):
    sock, peer = unix_pair
    first = receive()
    peer.send(b"one")
    receive.close(first)
    # Again on the same socket, and then on another one.
    second = receive()
    peer.send(b"two")
    receive.close(second)
    sock, peer = keep(socket.socketpair())
    third = receive(sock)
    peer.send(b"three")
    got = [bytes(each.data) for each in (first, second, third)]
    assert got == [b"one", b"two", b"three"], "a receiver did not hold what came in its own time"


@hints(
    "A closed socket cannot be armed. What have you changed before you notice?",
    "Ask for its flags before you install the handler; or put everything back, and raise again.",
)
def test_a_closed_socket_is_refused_and_nothing_has_changed(kata, unix_pair):
    sock, _ = unix_pair
    own = signal.getsignal(signal.SIGIO)
    sock.close()
    with raises_errno("EBADF", "ValueError", words="the socket was closed, and your code raised no error"):
        kata.SigioReceiver(sock)
    assert signal.getsignal(signal.SIGIO) is own, "your code refused, and the program's own handler was gone"
