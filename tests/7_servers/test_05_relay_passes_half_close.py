"""7.5: a relay passes on bytes and ends, each direction for itself, and keeps little of what nobody takes."""

import asyncio  # noqa: F401  (loaded before the fork, for the answers that use it)
import contextlib
import logging
import os
import resource
import socket
from functools import partial

import pytest

from dojo.suite import (
    BUSY,
    GREEN,
    PATIENT,
    ROOM,
    Finding,
    accept_fails,
    client_gone_before_accept,
    fill,
    hints,
    is_readable,
    numbered,
    on_stub,
    over,
    pour,
    raises_errno,
    read_exactly,
    read_to_end,
    reset,
    rival,
    small_buffers,
    unread,
    wait_queued,
    wait_readable,
    wait_until,
)

BULK = 3_000_000  # bytes: far more than all buffers and 256 KiB


class Line:
    """A relay, and the two peers at its ends; reports call them left and right, and the relay's sockets a and b."""

    def __init__(self, kata, tape, background, left, right, a, b):
        self.left, self.right, self.a, self.b = left, right, a, b
        for name in ("left", "right", "a", "b"):
            tape.label(getattr(self, name), name)
        self.relaying = background(kata.relay, a, b)


@pytest.fixture
def comes(comes):
    """`comes(condition, what)` waits for it, and says whether it has come; a busy loop is a finding."""
    return partial(comes, busy=BUSY)


@pytest.fixture
def join(kata, listener, connect, background, tape):
    """`join()` puts a relay between two new peers; `prepare` is done with its two sockets first."""

    def start(prepare=lambda sock: None):
        sides = []
        for _ in range(2):
            peer = connect(listener)
            sides.append((peer, listener.accept()[0]))
            prepare(sides[-1][1])
        (left, a), (right, b) = sides
        return Line(kata, tape, background, left, right, a, b)

    return start


@pytest.fixture
def flood(comes):
    """`flood(sock)` sends BULK bytes, or until nothing goes any more, and says how much went."""
    return lambda sock: pour(sock, comes, BULK, "a side sent more than the other one read, and was cut off")


@pytest.fixture
def passed_on(comes):
    """`passed_on(peer)`: the end of the other peer's stream has come to this one."""

    def check(peer):
        came = comes(lambda: over(peer), "the end of the stream on the other side")
        assert came, "one side ended, and your relay did not pass the end on to the other"

    return check


def say(sock, words):
    """A peer sends; nobody has ended this direction, so nothing else may come of it."""
    try:
        sock.sendall(words)
    except ConnectionError as error:
        got = f"its send() raises {type(error).__name__}"
        raise Finding(
            "your relay closed a direction that nobody had ended", "the other side should still take bytes", got
        ) from error


def answer(sock, words):
    """A peer sends, however long that takes, and ends."""
    say(sock, words)
    sock.shutdown(socket.SHUT_WR)


def small(sock):
    """A preparation of a relay's socket: little room in its buffers."""
    small_buffers(sock, size=ROOM)


def narrow(line):
    """The peers' buffers have little room, too."""
    small_buffers(line.left, line.right, size=ROOM)


@pytest.fixture
def ended(comes):
    """`ended(line, words)`: the relay has returned, and both of its sockets are closed."""

    def check(line, words):
        came = comes(lambda: line.relaying.done, "relay() to return")
        assert came, words
        assert line.relaying.result() is None, "relay() did not return None"
        closed = line.a.fileno() == line.b.fileno() == -1
        assert closed, "relay() returned, and did not close both of its sockets"

    return check


@hints(
    "Two peers, and either may speak first. On which of the two sockets do you wait?",
    "On both. What comes from a goes to b, and what comes from b goes to a.",
    "The sockets are the relay's now: set the mode that it needs.",
)
@on_stub(GREEN)
@pytest.mark.parametrize("blocking", [True, False], ids=["blocking", "non-blocking"])
def test_what_one_side_says_the_other_one_hears(join, hear, blocking):
    line = join(lambda sock: sock.setblocking(blocking))
    # Nobody has said anything: it sleeps.
    line.relaying.asleep()
    for number in range(4):
        speaker, hearer = (line.right, line.left) if number % 3 else (line.left, line.right)
        words = b"message %d" % number
        say(speaker, words)
        assert hear(hearer, len(words)) == words, "what one side said did not come to the other at once"


@hints(
    "recv() on one side returns b''. Which call passes that on to the other side?",
    "shutdown(SHUT_WR) on the other socket: it ends one direction and leaves the other one as it is.",
    "Go on reading from the side that has not ended; close only when both have.",
)
@on_stub("your relay closed a direction that nobody had ended")
@pytest.mark.parametrize("first", ["left", "right"])
def test_one_end_is_passed_on_and_the_other_direction_goes_on(join, hear, passed_on, first):
    line = join()
    one, other = (line.left, line.right) if first == "left" else (line.right, line.left)
    say(one, b"that is all")
    one.shutdown(socket.SHUT_WR)
    assert hear(other, 11) == b"that is all", "what came before the end was not passed on"
    passed_on(other)
    assert other.recv(1) == b"", "the relay passed on a reset, and not an end in order"
    # The other side still has something to say.
    for words in (b"one answer", b"and another"):
        say(other, words)
        assert hear(one, len(words)) == words, "your relay closed a direction that nobody had ended"


@hints(
    "Both have ended. Is there anything left to wait for?",
    "Return when each of the two directions has ended, and close both sockets.",
)
@on_stub("your relay closed a direction that nobody had ended")
def test_when_both_have_ended_both_are_closed(join, ended, hear, passed_on):
    line = join()
    line.right.shutdown(socket.SHUT_WR)
    passed_on(line.left)
    # Right has ended first. Left is heard, and then ends as well.
    say(line.left, b"farewell")
    assert hear(line.right, 8) == b"farewell", "your relay closed a direction that nobody had ended"
    line.left.shutdown(socket.SHUT_WR)
    ended(line, "both sides ended, and relay() did not return")
    assert read_to_end(line.right) == b"", "the end of the second direction was not passed on"


@hints(
    "The one side has ended. How much may the other one still say?",
    "As much as it likes: 3 MB come in many pieces. Only its own end ends it.",
)
@on_stub("your relay closed a direction that nobody had ended")
def test_the_whole_answer_comes_after_the_end(join, background, passed_on, ended):
    line = join()
    line.left.shutdown(socket.SHUT_WR)
    passed_on(line.right)
    # The right side knows that it has heard everything, and answers at length.
    answering = background(answer, line.right, numbered(BULK), may_raise=True)
    try:
        heard = read_to_end(line.left)
    except ConnectionError:
        heard = b""
    answering.result()
    assert heard == numbered(BULK), "the other direction had ended long before, and the answer did not arrive whole"
    ended(line, "both sides ended, and relay() did not return")


@hints(
    "Left does not read. In which call are you, and who else waits for you there?",
    "No send() may wait for one side while the other one speaks: a thread for each direction, or one loop.",
    "In a loop: non-blocking sockets, what is not taken is kept, and WRITE is asked for until it is gone.",
)
@on_stub("one side did not read, and the other direction stood still")
def test_a_side_that_does_not_read_holds_up_one_direction_alone(join, flood, hear):
    line = join(small)
    narrow(line)
    # The right side speaks without end, and the left one does not listen.
    flood(line.right)
    for words in (b"hello", b"can you hear me"):
        say(line.left, words)
        heard = hear(line.right, len(words))
        assert heard == words, "one side did not read, and the other direction stood still"


@hints(
    "One side sends for ever, and the other one does not read. Where are the bytes?",
    "Read the next piece when the last one has gone out, or when little enough is pending.",
)
@on_stub(GREEN)
def test_what_nobody_takes_stays_with_the_sender(join, flood):
    line = join(small)
    narrow(line)
    sent = flood(line.left)
    # All the buffers on the way hold some hundred KiB, and the relay 256 KiB at most.
    assert sent < 2_000_000, (
        "one side did not read, and the relay read on for it: it keeps, or loses, what it cannot pass on"
    )


@hints(
    "The end has come, and bytes that came before it are still in the relay. Which goes first?",
    "shutdown(SHUT_WR) when nothing is pending any more for that side, and not before.",
)
@on_stub(GREEN)
def test_the_end_comes_after_all_the_bytes(join, comes, hear):
    # There is no room on the way to the two peers: what is passed on has to wait.
    full = []
    line = join(lambda sock: full.append(fill(sock)))
    say(line.left, b"my last words")
    line.left.shutdown(socket.SHUT_WR)
    comes(lambda: line.relaying.done, "the relay to rest: it has read the words and the end, and waits for room")
    # Now the right side begins to read.
    try:
        heard = read_exactly(line.right, full[1] + 13)
    except (ConnectionError, Finding) as error:
        raise Finding("the relay cut the stream off", "all the bytes that came before the end", str(error)) from error
    assert heard[full[1] :] == b"my last words", "what came before the end was not passed on"
    assert comes(lambda: over(line.right), "the end"), "the bytes went out, and the end did not follow them"
    assert line.right.recv(1) == b"", "the relay passed on a reset, and not an end in order"


@hints(
    "At its end a socket is readable for ever. Do you still ask for it?",
    "Take what has ended out of the wait, and do not ask for room when nothing is pending.",
)
@on_stub("your relay closed a direction that nobody had ended")
def test_it_sleeps_while_nobody_says_anything(join, hear, comes, passed_on, resting):
    line = join()
    say(line.left, b"hello")
    hear(line.right, 5)
    wait_until(resting(), "the relay to rest: nothing is there to be passed on")
    line.right.shutdown(socket.SHUT_WR)
    passed_on(line.left)
    comes(lambda: line.relaying.done, "the relay to rest: one side has ended, and the other one is silent")
    say(line.left, b"hello")
    assert hear(line.right, 5) == b"hello", "your relay closed a direction that nobody had ended"


@hints(
    "Which of your calls raises when a peer has sent a reset? What becomes of the other peer?",
    "A reset ends both directions: close both sockets and return. It is not an error of the relay.",
    "With two threads: shutdown(SHUT_RDWR) on both sockets wakes the one that still sleeps.",
)
@on_stub("ECONNRESET")
@pytest.mark.parametrize(("first", "flooded"), [("left", False), ("right", False), ("left", True)])
def test_a_reset_ends_both(join, hear, flood, ended, first, flooded):
    line = join(small)
    narrow(line)
    say(line.left, b"hello")
    hear(line.right, 5)
    other = line.right if first == "left" else line.left
    if flooded:
        # The relay waits for room on the left side, which goes away instead.
        flood(line.right)
    else:
        line.relaying.asleep()
    reset(getattr(line, first))
    ended(line, "one side reset, and the other one was kept waiting")
    wait_readable(other, "the end on the other side")
    assert over(other), "one side reset, and the other one never finds out"


class Upstream:
    """What the program relays to: a door of its own; `meet` takes the connection that says such words."""

    def __init__(self, keep, comes):
        self._keep, self._comes = keep, comes
        self.door = keep(socket.socket())
        self.door.bind(("127.0.0.1", 0))

    def meet(self, words):
        came = self._comes(lambda: is_readable(self.door), "a connection to the upstream")
        assert came, "a client came, and your server did not connect to the upstream for it"
        conn = self._keep(self.door.accept()[0])
        self._comes(lambda: unread(conn) >= len(words) or over(conn), "the client's words", PATIENT)
        assert conn.recv(100, socket.MSG_DONTWAIT) == words, (
            "your server did not make one connection to the upstream for each client"
        )
        return conn


@pytest.fixture
def upstream(keep, comes):
    made = Upstream(keep, comes)
    made.door.listen(16)
    return made


@pytest.fixture
def silent(comes):
    """`silent(words)`: no error has ended a task of asyncio's that nobody took; asyncio would print it."""
    said = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    logging.getLogger("asyncio").addHandler(handler)

    def check(words):
        # It is said when the task is thrown away: a server that keeps the last one in a variable does that when the
        # next client has come.
        came = comes(lambda: bool(said), "the server to rest")
        assert not came, f"{words}, and nobody took the error: asyncio prints it"

    return check


class Program:
    """The program, and the end of the pair that makes it stop."""

    def __init__(self, background, kata, listener, stops, address):
        self._end = stops[1]
        self.serving = background(kata.serve, listener, stops[0], address)

    def stop(self, comes):
        self._end.send(b"!")
        came = comes(lambda: self.serving.done, "serve() to return")
        assert came, "`stop` was readable, and serve() did not return"
        self.serving.result()


@pytest.fixture
def program(kata, listener, keep, background, tape):
    """`program(upstream)`: serve() on the listener; `stop` is the name of the socket that it gets."""
    stops = keep(socket.socketpair())
    tape.label(stops[0], "stop")
    tape.label(stops[1], "operator")
    return lambda upstream, door=listener: Program(background, kata, door, stops, upstream.door.getsockname())


@hints(
    "One client is being relayed. Who accepts the next one?",
    "relay() returns when its client has ended: a thread for each, or all in one loop.",
)
@on_stub("a client came, and your server did not connect to the upstream for it")
def test_each_client_has_a_connection_of_its_own(program, upstream, connect, listener, hear):
    program(upstream)
    first = connect(listener)
    say(first, b"I am the first")
    one = upstream.meet(b"I am the first")
    # While that one is being relayed another one comes.
    second = connect(listener)
    say(second, b"and I the second")
    other = upstream.meet(b"and I the second")
    # Both are served at the same time, and each is answered by its own connection.
    for conn, client in ((other, second), (one, first)):
        say(conn, b"welcome")
        assert hear(client, 7) == b"welcome", "an answer did not go to the client whose connection it came from"


@hints(
    "connect() to the upstream fails. Whose misfortune is that?",
    "That of one client: close it, and go on with the next.",
)
@on_stub("ECONNREFUSED")
def test_an_upstream_that_refuses_is_one_clients_misfortune(program, keep, comes, connect, listener, silent):
    upstream = Upstream(keep, comes)
    program(upstream)
    # The address is taken, and nobody listens there yet.
    unlucky = connect(listener)
    closed = comes(lambda: over(unlucky), "the end of the client that cannot be served")
    assert closed, "the upstream refused, and the client was kept waiting"
    upstream.door.listen(16)
    say(connect(listener), b"hello")
    upstream.meet(b"hello")
    silent("the upstream refused one client")


@contextlib.contextmanager
def one_descriptor():
    """In here this process can open one more descriptor, and then no other."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@hints(
    "accept() took the last descriptor. Which of your calls needs another one, and where does its error go?",
    "socket.socket() raises EMFILE: as when nobody is at the upstream, close this client and go on.",
    "In `with a, b, suppress(OSError)` an error of b is not suppressed.",
)
@on_stub("still blocked in select")
def test_no_socket_for_the_upstream_is_one_clients_misfortune(program, upstream, connect, keep, listener, silent, tape):
    program(upstream)
    first, unlucky = connect(listener), keep(socket.socket())
    say(first, b"I am the first")
    upstream.meet(b"I am the first")
    words = "no descriptor was left for one client's upstream"
    try:
        # The one that is left is for accept(): the suite opens nothing in here.
        with one_descriptor():
            unlucky.connect(listener.getsockname())
            wait_until(lambda: over(unlucky), "the client to be closed that cannot be served")
    except OSError as error:
        if any(call.error == "EMFILE" for call in tape.calls("accept")):
            return  # it looked for a second client in the queue, which takes a descriptor, too: that propagates
        got = f"{type(error).__name__}: {error}"
        raise Finding(f"{words}, and your server ended with that error", "it should close this client", got) from error
    say(connect(listener), b"hello")
    upstream.meet(b"hello")
    silent(words)


@hints(
    "The upstream does not answer. How long does connect() last, and what waits for it meanwhile?",
    "Minutes. In a loop: non-blocking, and ask for WRITE; loop.sock_connect() does that.",
    "In a thread: have the socket in hand before connect(), so that shutdown() at the stop can end it.",
)
@on_stub("`stop` was readable, and serve() did not return")
def test_an_upstream_that_does_not_answer_holds_up_nobody(program, upstream, keep, connect, listener, hear, comes):
    running = program(upstream)
    served = connect(listener)
    say(served, b"hello")
    conn = upstream.meet(b"hello")
    # There is room for one connection in its queue; the kernel drops what more comes.
    upstream.door.listen(0)
    connect(upstream.door)
    connect(listener)
    comes(lambda: running.serving.done, "the program to wait for its upstream")
    for one, other in ((served, conn), (conn, served)):
        say(one, b"still there")
        assert hear(other, 11) == b"still there", (
            "the upstream did not answer one client, and another one was not served"
        )
    running.stop(comes)


@hints(
    "A client resets. Which of your lines see that error?",
    "It ends its own relay. Nothing of it reaches the loop that accepts.",
)
@on_stub("ECONNRESET")
def test_a_client_that_resets_ends_itself_alone(program, upstream, connect, listener, comes):
    program(upstream)
    gone = connect(listener)
    say(gone, b"I am about to")
    conn = upstream.meet(b"I am about to")
    reset(gone)
    closed = comes(lambda: over(conn), "the end at the upstream")
    assert closed, "a client reset, and its connection to the upstream stayed open"
    with client_gone_before_accept(listener):
        say(connect(listener), b"hello")
        upstream.meet(b"hello")


@hints(
    "`stop` is readable. What is still open, and what still runs?",
    "Close every connection, or shut it down and wait for its thread; put the listener's mode back.",
    "One that was accepted in the same moment is yours, too, even if nothing has been done for it yet.",
)
@on_stub("`stop` was readable, and serve() did not return")
def test_at_stop_every_connection_is_closed(program, upstream, connect, listener, comes):
    listener.settimeout(60)
    client = connect(listener)
    say(client, b"hello")
    running = program(upstream)
    conn = upstream.meet(b"hello")
    running.stop(comes)
    for sock in (client, conn):
        assert comes(lambda sock=sock: over(sock), "the end of the connections"), (
            "serve() returned, and left a connection open"
        )
    late = connect(listener)
    wait_queued(listener, 1)
    assert listener.gettimeout() == 60, "serve() left the listener in another mode"
    # `stop` is still readable. Started again, it finds that, and somebody in the queue, in the same moment.
    again = program(upstream).serving
    assert comes(lambda: again.done, "serve() to return"), "`stop` was readable before, and serve() did not return"
    listener.close()
    assert comes(lambda: over(late), "the end"), "serve() accepted one more, and left the connection open"


@hints(
    "accept() itself fails, and not because nobody is there. Who must be told?",
    "The caller. Close what is open, and let the error propagate.",
)
@on_stub("ECONNREFUSED")
def test_an_error_of_the_listener_propagates(kata, background, keep, listener, connect, comes):
    stop, _ = keep(socket.socketpair())
    refusing = keep(socket.socket())
    refusing.bind(("127.0.0.1", 0))
    late = keep(socket.socket())
    # The first one is taken by somebody else, the next one finds nobody at the upstream, and then the limit is reached.
    with rival(listener):
        serving = background(kata.serve, listener, stop, refusing.getsockname(), may_raise=True)
        stolen = connect(listener)
        wait_until(lambda: over(stolen) or serving.done, "the first client to be taken by somebody else")
    refused = connect(listener)
    ended = comes(lambda: over(refused), "the end of one that has no upstream")
    assert ended, "the upstream refused, and the client's connection stayed open"
    with accept_fails(listener):
        late.connect(listener.getsockname())
        came = comes(lambda: serving.done, "serve() to end")
    assert came, "accept() failed for good, and the caller never finds out"
    with raises_errno("EMFILE", words="accept() failed for good, and the caller never finds out"):
        serving.result()
