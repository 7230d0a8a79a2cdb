"""3.11: one thread and one wait serve everybody, and a time limit tells when nothing happens."""

import contextlib
import io
import socket
import threading
import time

import pytest

from dojo.suite import (
    GONE,
    ONE_WAITS,
    ROOM,
    WAITS,
    Finding,
    accept_fails,
    accepted,
    break_off,
    client_gone_before_accept,
    comes,
    descriptors,
    drain,
    fill,
    hints,
    is_nonblocking,
    is_readable,
    numbered,
    on_stub,
    over,
    raises_errno,
    read_exactly,
    read_to_end,
    reset,
    reset_in_queue,
    sleeps,
    unread,
    wait_delivered,
    wait_queued,
    wait_until,
    welcome,
)

TICK = 0.01  # seconds without an event
LIMIT = 600.0  # the same, where time is virtual
AGES = 30.0  # seconds: longer than any test
BULK = 1_048_576  # bytes: far more than fits on its way back, where ROOM is the send buffer


class Server:
    """serve() in the background, and when it has called idle()."""

    def __init__(self, tape, running, idle):
        self.tape, self.running, self.idle = tape, running, idle

    def wait(self, condition, what):
        """Wait for it; False when the server does nothing but wait, and it has not come."""
        return comes(condition, what, calls=3_000, idle=15, stuck=ONE_WAITS, serving=[self.running])

    def asleep(self):
        """Whether it sleeps."""
        return sleeps(self.running.native_id)

    def greeted(self, client):
        """What the client gets up to a newline, or until no more comes."""
        line = b""
        while not line.endswith(b"\n") and self.wait(lambda: unread(client) or over(client), "the greeting"):
            if over(client):
                break
            line += client.recv(1024)
        return line

    def echo(self, client, data):
        """What comes back when the client says this."""
        client.sendall(data)
        self.wait(lambda: unread(client) >= len(data) or over(client), "the answer to a client")
        return drain(client)


@pytest.fixture
def serve(serve, tape):
    """`serve(limit)` starts the server on a listener of its own, which stays open when the suite closes the other."""

    def start(limit=TICK):
        idle = []
        return Server(tape, serve(limit, lambda: idle.append(time.monotonic())), idle)

    return start


@pytest.fixture
def other_server(kata, background, keep):
    """How many descriptors a server has for itself, its listener among them: one to whom nobody comes has so many."""
    before = descriptors()
    background(kata.serve, keep(socket.create_server(("127.0.0.1", 0))), AGES).asleep()
    return descriptors() - before


@hints(
    "A second client connects. What becomes of the first one's connection, when your variable gets another value?",
    "Keep each connection from its accept() to its end: in a list, or in a dictionary.",
)
@on_stub("was ended when another came")
def test_each_client_is_greeted_and_stays(serve, listener, connect):
    threads = threading.active_count()
    server = serve()
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        assert server.greeted(client) == welcome(client), "a client was not greeted with its own host and port"
    # They say nothing, which is not a reason to close them.
    assert sum(over(client) for client in clients) == 0, "a silent client's connection was ended when another came"
    assert threading.active_count() == threads + 1, "the server used more than one thread"


@hints(
    "Which sockets does select() watch? Only the listener?",
    "Add each connection to what is watched; when it is readable, recv() and send back what came.",
    "An echo has bytes and no text: half a character is answered like anything else.",
)
@on_stub("what a client said did not come back to it alone, as it came")
def test_what_a_client_says_comes_back_at_once(serve, listener, connect):
    server = serve()
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        server.greeted(client)
    # 'é' is C3 A9. Its halves are said one by one, and then invalid UTF-8.
    for piece in (b"hello\n", b"\xc3", b"\xa9", b"\xff\x00\xfe"):
        for client in reversed(clients):
            assert server.echo(client, piece) == piece, "what a client said did not come back to it alone, as it came"


@hints(
    "The client has ended. What does recv() return, and what does select() say of its socket from then on?",
    "b'' is the end: close this connection and watch it no longer.",
)
@on_stub("one client ended, and another got no answer")
def test_a_client_that_ends_is_closed_and_the_others_stay(serve, listener, connect):
    server = serve()
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        server.greeted(client)
    clients[1].shutdown(socket.SHUT_WR)
    server.wait(lambda: over(clients[1]), "the connection to be closed when the client has ended")
    assert over(clients[1]), "the client ended, and its connection was never closed"
    for client in (clients[0], clients[2]):
        assert server.echo(client, b"still here") == b"still here", "one client ended, and another got no answer"


def the_rest(server, client):
    """What comes to the client up to the end, read a part at a time whenever the server sleeps."""
    received = b""
    # On a busy machine nobody sees it asleep between two ticks; when it has ticked for long it does not send either.
    while server.wait(lambda: (unread(client) and server.asleep()) or over(client), "the rest") or unread(client):
        if over(client):
            break
        received += client.recv(ROOM)
    return received


@hints(
    "Is all of it gone when send() returns? And if the client has ended by then?",
    "Keep what send() did not take; ask select() for room as long as there is something left.",
    "After b'' from recv() the connection is closed when nothing is left, and not before.",
)
@on_stub("a client said a megabyte, and the connection ended before all of it had come back")
def test_a_long_answer_comes_whole_even_after_the_end(serve, listener, connect, background):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    server = serve()
    client = connect(listener)
    server.greeted(client)

    def say():
        client.sendall(numbered(BULK))
        client.shutdown(socket.SHUT_WR)

    # A megabyte is said, as far as the server hears it, before the client reads the first byte of its answer. Then it
    # reads a part whenever the server sleeps: a client that reads all the while makes room while a send() copies.
    saying = background(say, may_raise=True)
    server.wait(lambda: saying.done, "the client to have spoken")
    calls = len(server.idle)
    slept = server.wait(lambda: len(server.idle) > calls, "idle() to be called")
    whole = the_rest(server, client) == numbered(BULK)
    assert whole, "a client said a megabyte, and the connection ended before all of it had come back"
    assert slept, "a client had ended and did not read yet, which is not an event, and idle() was not called"


@hints(
    "One client sends and never reads. What does a send() to it do when the buffers are full?",
    "Non-blocking connections; what finds no room is kept, and select() tells when there is room.",
    "A socket that you ask for, and do nothing about, makes select() return at once, time and again.",
)
@on_stub("another one got no answer")
def test_a_client_that_reads_nothing_holds_up_nobody(serve, listener, connect):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    server = serve()
    client, greedy = connect(listener), connect(listener)
    server.greeted(client)
    greedy.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * ROOM)
    for _ in range(3):
        fill(greedy)
        assert server.echo(client, b"me too") == b"me too", "one client did not read, and another one got no answer"
    # Nobody does anything any more.
    before = len(server.idle)
    server.wait(lambda: len(server.idle) > before, "idle() to be called")
    assert len(server.idle) > before, "nothing happened any more, and idle() was never called: does select() wait?"


@hints(
    "recv() may raise ConnectionResetError, and send() BrokenPipeError. Whose end is that?",
    "Catch OSError round the calls on one connection, close that one, and go on with the others.",
)
@on_stub("another one got no answer")
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_reset_in_the_middle_of_an_answer_ends_one_alone(serve, listener, connect, error):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    server = serve()
    client, greedy = connect(listener), connect(listener)
    server.greeted(client), server.greeted(greedy)
    before = descriptors()
    fill(greedy)
    assert server.echo(client, b"hello") == b"hello", "one client did not read, and another one got no answer"
    # There is much for it on the way.
    break_off(greedy, error)
    server.wait(lambda: descriptors() == before - 2, "the connection that was reset to be closed")
    assert descriptors() == before - 2, "a connection was reset, and the server never closed it"
    assert server.echo(client, b"still here") == b"still here", "one client reset, and another got no answer"


@hints(
    "Many sockets are ready in one turn, all at their end. Do you take them out of the list through which you go?",
    "A connection that was closed in this turn must not be used in it again; and the rest must not be left out.",
)
@on_stub("and another got no answer")
def test_thirty_clients_that_vanish_at_once(serve, listener, connect):
    server = serve()
    client = connect(listener)
    server.greeted(client)
    before = descriptors()
    crowd = []
    for _ in range(30):
        crowd.append(connect(listener))
        server.greeted(crowd[-1])
        crowd[-1].sendall(b"bye\xc3")
    # Every other one with a reset.
    for number, one in enumerate(crowd):
        reset(one) if number % 2 else one.close()
    assert server.echo(client, b"hello") == b"hello", "thirty clients vanished at once, and another got no answer"
    server.wait(lambda: descriptors() == before, "thirty connections to be closed")
    assert descriptors() == before, "thirty clients vanished, and some of their connections were never closed"


@hints(
    "What does select() return when the limit has passed?",
    "Three empty lists: that is the moment for idle(). Then wait again.",
)
@on_stub("the limit passed three times without an event, and idle() was never called, or not each time")
def test_when_nothing_happens_idle_is_called_again_and_again(virtual_time, serve, listener, connect):
    server = serve(LIMIT)
    # First nobody is there, then somebody is silent: that is not an event either.
    for somebody in (False, True):
        if somebody:
            client = connect(listener)
            server.greeted(client)
        calls = len(server.idle)
        virtual_time.advance(3.5 * LIMIT)
        times = len(server.idle) - calls
        assert times >= 3, (
            "the limit passed three times without an event, and idle() was never called, or not each time"
        )
        assert times == 3, "the limit passed three times without an event, and idle() was called more often"
    assert server.echo(client, b"hello") == b"hello", "a client said nothing for half an hour, and then got no answer"


@hints(
    "Is idle() for each turn of the loop?",
    "Only for a turn in which all three lists are empty. The limit is in seconds.",
)
@on_stub("a client said something, and got no answer")
def test_it_is_not_called_while_something_happens(serve, listener, connect, tape):
    server = serve(AGES)
    # Nobody has come yet: it sleeps in the kernel.
    server.running.asleep()
    client = connect(listener)
    server.greeted(client)
    for _ in range(5):
        assert server.echo(client, b"hello") == b"hello", "a client said something, and got no answer"
    client.shutdown(socket.SHUT_WR)
    server.wait(lambda: over(client), "the connection to be closed when the client has ended")
    server.running.asleep()
    assert server.idle == [], "the limit had not passed, and idle() was called: something had happened in every turn"
    assert tape.count(*WAITS) < 40, "the server went round and round instead of sleeping until something happened"


@hints(
    "From when on does your limit count?",
    "From the last event: give each wait the whole limit.",
)
@on_stub("a client said something, and got no answer")
def test_each_event_lets_the_limit_begin_anew(virtual_time, serve, listener, connect):
    server = serve(LIMIT)
    client = connect(listener)
    server.greeted(client)
    for times in (1, 2):
        # Two thirds of the limit go by, a client speaks, and as much goes by again.
        for _ in range(2):
            virtual_time.advance(LIMIT * 2 / 3)
            assert len(server.idle) == times - 1, (
                "idle() was called although something had happened less than the limit ago"
            )
            assert server.echo(client, b"hello") == b"hello", "a client said something, and got no answer"
        virtual_time.advance(LIMIT + 1)
        assert len(server.idle) == times, "nothing happened for longer than the limit, and idle() was not called once"


@hints(
    "accept() fails. Is that a client's error? What closes the connections then?",
    "try ... finally round the whole loop: close each, and put the listener's timeout back.",
)
@on_stub("connections were left open when accept() failed")
def test_an_error_of_the_listener_propagates_and_leaves_nothing_open(kata, listener, connect, background, tape, keep):
    listener.settimeout(30)
    late, before = keep(socket.socket()), descriptors()
    server = Server(tape, background(kata.serve, listener, TICK, may_raise=True), [])
    clients = [connect(listener) for _ in range(2)]
    for client in clients:
        server.greeted(client)
    # One of them resets, and in the same moment accept() fails.
    with accept_fails(listener, leaving=clients[0]) as failing:
        late.connect(listener.getsockname())
        wait_until(lambda: server.running.done or failing.fired > 1, "serve() to end with the error of accept()")
    assert failing.fired <= 1, "accept() failed with EMFILE, which is not a client's error, and the server went on"
    with raises_errno("EMFILE", words="an error of accept() was swallowed: the caller never finds out", other=GONE):
        server.running.result()
    assert descriptors() == before + 1, "the connections were left open when accept() failed"
    assert listener.gettimeout() == 30, "serve() ended, and did not put the listener's timeout back"


class Screen(io.StringIO):
    """A screen at which Ctrl-C is pressed as soon as a line stands on it."""

    def write(self, text):
        if "\n" in text:
            raise KeyboardInterrupt
        return super().write(text)


@hints(
    "Ctrl-C can come at any time, while idle() runs too. Which clause runs for KeyboardInterrupt?",
    "finally: close every connection, and put the listener's mode back. (Left to itself, idle() prints a line.)",
)
@on_stub("idle() was never called")
def test_ctrl_c_closes_every_connection_too(kata, listener, connect, background, tape):
    before = descriptors()
    # Nobody tells it what idle() is: it prints a line, and then Ctrl-C is pressed.
    with contextlib.redirect_stdout(Screen()):
        connect(listener)
        server = Server(tape, background(kata.serve, listener, TICK, may_raise=True), [])
        came = server.wait(lambda: server.running.done, "idle() to be called, and to print a line")
    assert came, "nothing happened for longer than the limit, and idle() was never called"
    assert descriptors() == before + 1, "the connection was left open at Ctrl-C"
    assert not is_nonblocking(listener), "serve() ended, and did not put the listener's mode back"
    with contextlib.suppress(KeyboardInterrupt):
        server.running.result()
        raise Finding("the interrupt was swallowed: the caller never finds out", "KeyboardInterrupt", "it returned")


def queued(listener):
    """Whether somebody waits in the listener's queue: 1 or 0."""
    return int(is_readable(listener))


@hints(
    "Which of the client's lines run once for a connection, and which run once for a message?",
    "connect() and the greeting stand before the loop. How much of a line, or of an echo, does one recv() bring?",
    "Go on reading until the newline has come, and then until each echo is as long as its message.",
)
@on_stub("your talk() sent a message before all had come that was on its way")
def test_the_client_connects_once_and_waits_for_each_echo(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), iter([b"one\xff", b"", b"three"]))
    conn = accepted(listener, keep)
    script = (b"", b"v\xc3", b"\xa4lkommen\n"), (b"one\xff", b"on", b"e\xff"), (b"three", b"th", b"ree")
    for said, half, rest in script:
        wait_until(lambda said=said: unread(conn) >= len(said) or queued(listener) or talking.done, "the next message")
        assert queued(listener) == 0, "your talk() made more than one connection"
        assert read_exactly(conn, len(said)) == said, "your talk() did not send each message as it was given"
        # What the client waits for comes in two pieces, the second when it has read the first and sleeps again.
        conn.sendall(half)
        wait_delivered(conn)
        talking.asleep()
        assert unread(conn) == 0, "your talk() sent a message before all had come that was on its way"
        conn.sendall(rest)
    wanted = "välkommen", [b"one\xff", b"", b"three"]
    assert talking.result() == wanted, (
        "your talk() did not return the greeting without its newline, and one echo for each message"
    )
    assert read_to_end(conn) == b"", "the last echo had come, and your talk() did not just end"


@hints(
    "What does recv() return, time and again, when the server has ended?",
    'b"" before the greeting or an echo is whole: the rest will never come. Raise EOFError.',
    "A with statement closes the connection on this way out too.",
)
@on_stub("EISCONN")
def test_a_server_that_ends_in_the_middle_is_an_error(kata, listener, background, keep):
    before = descriptors()
    # It ends in the middle of an echo, and then in the middle of a greeting.
    for script in ((b"welcome\n", b"one", b"t"), (b"welc",)):
        talking = background(kata.talk, listener.getsockname(), [b"one", b"two"], may_raise=True)
        wait_queued(listener, 1)
        conn = keep(listener.accept()[0])
        conn.sendall(script[0])
        for answer in script[1:]:
            wait_until(lambda c=conn, t=talking: unread(c) >= 3 or t.done, "the next message of the client")
            if unread(conn):
                conn.recv(3)
                conn.sendall(answer)
        conn.close()
        with raises_errno(
            "EOFError", words="the server ended in the middle, and your talk() took that for a whole answer"
        ):
            talking.result()
        assert descriptors() == before, "the client's connection was left open when the server ended"


@hints(
    "select() returns a tuple of three lists. When is a tuple true, and when is a list?",
    "Count the turns in which the listener is in the first list. A call of accept() changes the experiment.",
)
@on_stub("nobody was in the queue")
def test_a_listener_is_reported_until_somebody_accepts(kata, listener, connect, tape):
    assert kata.repeats(listener, 50) == 0, "nobody was in the queue, and your count was not 0"
    client = connect(listener)
    wait_queued(listener, 1)
    for _ in range(2):
        got = kata.repeats(listener, 50)
        assert got == 50, "somebody was in the queue, and your count was not the number of waits"
        assert type(got) is int, "your repeats() did not return an int"
    assert tape.waits() == [], "your repeats() waited: a limit of 0 seconds is a look"
    # The client is still in the queue.
    wait_queued(listener, 1)
    assert tape.count("accept") == 0, "your repeats() accepted somebody"
    conn, address = listener.accept()
    conn.close()
    assert address == client.getsockname(), "the client was not in the queue any more"
    assert kata.repeats(listener, 50) == 0, "the client had been accepted, and your count was not 0"


@hints(
    "The kernel keeps clients in its queue that are gone already. Which of your calls fail for them?",
    "The greeting is a send like any other: its error ends this client alone.",
    "accept() raises ConnectionAbortedError for a client that was gone before: go on without it.",
)
@on_stub("ECONNRESET")
def test_clients_that_are_gone_before_their_greeting_end_themselves_alone(serve, listener, connect, other_server):
    resetting, leaving = connect(listener), connect(listener)
    wait_queued(listener, 2)
    reset_in_queue(resetting)
    leaving.close()
    # Both are in the queue: a connection that was reset and one that has ended.
    open_then = descriptors() + other_server
    server = serve()
    client = connect(listener)
    assert server.greeted(client) == welcome(client), "a client was gone, and the next one was not greeted"
    # Both ends of the one connection are open, and what the server has for itself.
    server.wait(lambda: descriptors() == open_then + 2, "the connections of those who are gone to be closed")
    assert descriptors() == open_then + 2, "a client was gone, and its connection was never closed"
    with client_gone_before_accept(listener):
        late = connect(listener)
        assert server.greeted(late) == welcome(late), "a client was gone, and the next one was not greeted"
