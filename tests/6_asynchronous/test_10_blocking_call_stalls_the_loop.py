"""6.10: a lookup that sleeps holds up its own client, and nobody and nothing else on the loop."""

import asyncio
import os
import socket
from concurrent.futures import CancelledError

import pytest

from dojo.suite import (
    GREEN,
    WAITS,
    Finding,
    break_off,
    hints,
    linux_only,
    on_stub,
    read_exactly,
    reset,
    unread,
    wait_until,
)


class Lookups:
    """The function that the server looks names up with: some it finds at once, for others it sleeps."""

    def __init__(self, keep, tape):
        self.begun, self.ended, self.times = [], [], 1  # how often an answer repeats the name
        self.errors = {}  # what is raised for some names
        self._keep, self._tape, self._gates = keep, tape, {}

    def hold(self, name):
        """From now on a lookup of this name sleeps until let_go()."""
        ours, theirs = self._gates[name] = self._keep(socket.socketpair())
        self._tape.label(ours, f"{name.decode()}'s gate")
        self._tape.label(theirs, f"{name.decode()}'s source")

    def let_go(self, *names):
        """End the sleep of these lookups, or of all."""
        for name in names or list(self._gates):
            self._gates.pop(name)[1].send(b"!")

    def __call__(self, name):
        """Find a name, for one of the clients."""
        self.begun.append(name)
        if name in self._gates:
            self._gates[name][0].recv(1)
        self.ended.append(name)
        if name in self.errors:
            raise self.errors[name]
        if name.startswith(b"no"):
            raise LookupError("nobody is called so,\nand nobody will be")
        return b"<" + name * self.times + b">"


class Server:
    """A loop that runs the kata's coroutine for each client, in a thread of its own."""

    def __init__(self, kata, listener, lookups, background, keep):
        self._kata, self._listener, self._lookups, self._keep = kata, listener, lookups, keep
        self._clients, self.talks = [], []  # the tasks of the clients
        self.loop = self._stop = None
        self._running = background(self.run)
        wait_until(lambda: self._stop, "the server to start")

    def run(self):
        asyncio.run(self._serve())

    async def _serve(self):
        stop = asyncio.Event()
        # A socket that is made from a number alone knows that it is TCP: then asyncio sends at once (TCP_NODELAY).
        server = await asyncio.start_server(self._welcome, sock=socket.socket(fileno=os.dup(self._listener.fileno())))
        self.loop, self._stop = asyncio.get_running_loop(), stop
        await stop.wait()
        server.close()
        if self.talks:
            await asyncio.wait(self.talks)

    async def _welcome(self, reader, writer):
        self.talks.append(asyncio.create_task(self._talk(reader, writer)))

    async def _talk(self, reader, writer):
        try:
            await self._kata.serve_lookups(reader, writer, self._lookups)
        except Exception:
            writer.close()
            raise

    def client(self):
        """A connected client, whose conversation has begun."""
        client = self._keep.connect(self._listener)
        self._clients.append(client)
        wait_until(lambda: len(self.talks) == len(self._clients), "the client to be welcomed")
        return client

    def call(self, function):
        """Let the loop call a function."""
        self.loop.call_soon_threadsafe(function)

    def why(self, tape, otherwise):
        """What stands still, in words: the loop, or what is said `otherwise`."""
        thread = self._running.native_id
        if any(call.thread == thread and call.ended is None for call in tape.calls(*WAITS)):
            return otherwise
        return "the loop's thread slept with it"

    def check(self):
        """Raise what ended a conversation."""
        for talk in self.talks:
            if talk.done() and not talk.cancelled() and talk.exception():
                raise talk.exception()

    def end(self):
        """Let everything come to its end."""
        self._lookups.let_go()
        for client in self._clients:
            client.close()
        self.call(self._stop.set)
        self._running.result()


@pytest.fixture
def lookups(keep, tape):
    """`lookups.hold(name)` and `lookups.let_go(name)`: which lookups sleep, and how long."""
    return Lookups(keep, tape)


@pytest.fixture
def server(kata, listener, lookups, background, keep):
    """A server of lookups; all of it has ended when the test is over."""
    made = Server(kata, listener, lookups, background, keep)
    yield made
    made.end()


@pytest.fixture
def comes(comes, server):
    """`comes(condition, what)` waits for it, and says whether it came; it has not if nothing moves any more."""
    return lambda condition, what: comes(lambda: server.check() or condition(), what, timers=False)


@pytest.fixture
def settle(comes, resting):
    """`settle()` waits until every thread sleeps, whatever it waits for."""
    return lambda: comes(resting(), "every thread to sleep")


@pytest.fixture
def hear(comes):
    """`hear(client)`: the next line that it gets; what there is of it if nothing moves any more."""
    came = {}  # and was not heard yet

    def line(client):
        got = came.pop(client, b"")
        while b"\n" not in got and comes(lambda: unread(client), "an answer at the client"):
            got += client.recv(unread(client))
        first, newline, came[client] = got.partition(b"\n")
        return first + newline

    return line


def over(client):
    """Whether the client has come to the end of the stream."""
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False


@hints(
    "A line is a name and its newline. What comes back?",
    "lookup(name) in an executor, and its result and a newline to the writer.",
)
@on_stub(GREEN)
def test_each_name_gets_its_answer(server, hear):
    client = server.client()
    for name in (b"anna", b"bert", b"anna"):
        client.sendall(name + b"\n")
        assert hear(client) == b"<" + name + b">\n", "the answer was not what lookup(name) returned, with a newline"


@hints(
    "Whose thread sleeps while lookup() sleeps? `async` before the function around it does not change that.",
    "Somebody else's thread has to sleep: asyncio.to_thread(lookup, name), or loop.run_in_executor(None, ...).",
    "And await it: future.result() or thread.join() would wait in the loop's own thread again.",
)
@on_stub("the loop's thread slept with it")
def test_a_lookup_that_sleeps_holds_nobody_else_up(server, lookups, hear, tape):
    lookups.hold(b"slow")
    first, second = server.client(), server.client()
    first.sendall(b"slow\n")
    wait_until(lambda: lookups.begun, "the first lookup to begin")
    stand = "the other's stands in line, though the loop is free"
    # The first client's lookup sleeps. The second asks for what is found at once.
    second.sendall(b"quick\n")
    assert hear(second) == b"<quick>\n", f"one client's lookup slept, and {server.why(tape, stand)}"
    assert unread(first) == 0, "the first lookup still slept, and its client got an answer"
    lookups.let_go()
    assert hear(first) == b"<slow>\n", "lookup() returned, and its client got no answer: was the loop woken?"


@hints(
    "Timers and other callbacks are on the same loop. When do they run, while lookup() sleeps in its thread?",
    "asyncio.to_thread(lookup, name), and await it.",
)
@on_stub("the loop's thread slept with it")
def test_everything_else_on_the_loop_goes_on(server, lookups, comes):
    lookups.hold(b"slow")
    server.client().sendall(b"slow\n")
    wait_until(lambda: lookups.begun, "the lookup to begin")
    ticks = []
    # While it sleeps, a timer of a millisecond is started, and when that is due another one.
    server.call(lambda: server.loop.call_later(0.001, lambda: server.loop.call_later(0.001, ticks.append, 1)))
    assert comes(lambda: ticks, "a timer on the loop"), "a lookup slept, and the loop's thread slept with it"


@hints(
    "Two lookups sleep. Does the second one even begin before the first is done?",
    "One thread, or one lock, lets them stand in line. The default executor has several threads.",
)
@on_stub("one lookup slept, and the second one did not even begin")
def test_two_lookups_sleep_at_the_same_time(server, lookups, comes, hear):
    clients = {name: server.client() for name in (b"one", b"two", b"three")}
    for name, client in clients.items():
        lookups.hold(name)
        client.sendall(name + b"\n")
        begun = comes(lambda name=name: name in lookups.begun, "another lookup to begin")
        assert begun, "one lookup slept, and the second one did not even begin"
    # All three sleep. The last one returns first.
    for name in (b"three", b"two", b"one"):
        lookups.let_go(name)
        assert hear(clients[name]) == b"<" + name + b">\n", (
            "lookup() returned, and its client got no answer: was the loop woken?"
        )


@hints(
    "lookup() has returned, in its thread. How does a loop hear of it that sleeps in select()?",
    "Only the loop's own thread may touch a future. loop.call_soon_threadsafe() wakes the loop as well.",
    "run_in_executor() and to_thread() do that for you.",
)
@on_stub(GREEN)
def test_the_answer_wakes_a_loop_that_sleeps(server, lookups, hear, settle):
    lookups.hold(b"slow")
    client = server.client()
    client.sendall(b"slow\n")
    # Until nothing moves any more: the loop sleeps, too.
    settle()
    lookups.let_go()
    assert hear(client) == b"<slow>\n", "lookup() returned in its thread, and your code did not wake the loop"


@hints(
    "A client does not wait for its answers. What do two lookups of the same client do?",
    "One after the other: read the next line when the answer to this one is written.",
)
@on_stub(GREEN)
def test_a_client_gets_its_answers_in_order(server, lookups, settle, hear):
    names = [b"slow", *(b"quick %d" % number for number in range(20))]
    lookups.hold(b"slow")
    client = server.client()
    client.sendall(b"".join(name + b"\n" for name in names))
    # The first lookup sleeps. If the others do not wait for it, they are answered by now.
    settle()
    lookups.let_go()
    got = b"".join(hear(client) for _ in names)
    assert got == b"".join(b"<" + name + b">\n" for name in names), "the answers did not come in the order of the names"


@hints(
    "lookup() raises, in its thread. Where does its exception come out?",
    "Where you await it: catch Exception there, and write b'error ', its text in one line, and a newline.",
)
@on_stub("LookupError")
def test_an_error_of_lookup_is_an_answer(server, hear):
    client, other = server.client(), server.client()
    client.sendall(b"nobody\n")
    answer = hear(client)
    assert answer[:6] == b"error ", "lookup() raised, and the client was not told"
    # The text of this exception has two lines. Whatever you make of them is one.
    for each, name in ((client, b"anna"), (other, b"bert")):
        each.sendall(name + b"\n")
        assert hear(each) == b"<" + name + b">\n", "the error was not one line, or the next name was not looked up"


@pytest.fixture
def tell(comes):
    """`tell(client, name)` sends a name of any length; the answer, and whether the connection was ended instead."""

    def to_the_end(client, name):
        left, got, ended = memoryview(name + b"\n"), bytearray(), False

        def answered():
            nonlocal left, ended
            try:
                if left:
                    left = left[client.send(left, socket.MSG_DONTWAIT) :]
                elif unread(client) or over(client):
                    got.extend(piece := client.recv(65536))
                    ended = not piece
            except BlockingIOError:
                pass
            except ConnectionError:  # closed with input unread: that is a reset
                ended = True
            return ended or got[-1:] == b"\n"

        comes(answered, "an answer, or the end")
        return bytes(got), ended

    return to_the_end


@hints(
    "The line is empty: a newline alone. What does readline() return then, and what at the end of the stream?",
    'b"\\n" is a line, and b"" is the end. Look before you strip.',
)
@on_stub("an empty name, or one with blanks, was not looked up as it is")
def test_an_empty_line_is_no_end(server, hear):
    client = server.client()
    client.sendall(b"\n anna \n")
    got = [hear(client), hear(client)]
    assert got == [b"<>\n", b"< anna >\n"], "an empty name, or one with blanks, was not looked up as it is"


@hints(
    "The client has ended its side. What does it still wait for?",
    "Its answers, and then the end. A last line without a newline is a name, too.",
    "writer.close() when readline() has returned b''.",
)
@on_stub(GREEN)
def test_a_client_that_has_ended_gets_its_answers_and_the_end(server, hear, comes):
    client = server.client()
    client.sendall(b"anna\nbert")
    client.shutdown(socket.SHUT_WR)
    got = hear(client) + hear(client)
    assert got == b"<anna>\n<bert>\n", "not every name was answered: the last one may lack its newline"
    assert comes(lambda: over(client), "the end at the client"), "the client ended, and its connection was never closed"


@hints(
    "The client is gone when its answer is ready. What do write() and drain() do?",
    "drain() raises ConnectionResetError, and so does readline(): that is the end of this client, and no error.",
)
@on_stub("ConnectionResetError")
def test_a_client_that_resets_ends_alone(server, lookups, comes, hear):
    lookups.hold(b"slow")
    gone, other = server.client(), server.client()
    gone.sendall(b"slow\nmore\n")
    wait_until(lambda: lookups.begun, "the lookup to begin")
    # The client does not wait for the answer.
    reset(gone)
    lookups.let_go()
    try:
        ended = comes(server.talks[0].done, "the conversation to end")
    except OSError as error:
        words = "your coroutine raised for a client that had reset: that is its end, and not an error"
        raise Finding(words, "the coroutine should return", f"{type(error).__name__}: {error}") from error
    assert ended, "the client was gone, and your coroutine did not end"
    other.sendall(b"anna\n")
    assert hear(other) == b"<anna>\n", "the others were not served"


@hints(
    "write() never waits. Where are the answers that the client does not read?",
    "In memory, as many as you write. await writer.drain() waits while it is too much, and no name is read meanwhile.",
)
@on_stub(GREEN)
def test_a_client_that_does_not_read_gets_no_more_lookups(server, lookups, listener, settle):
    # What the server's end inherits: its kernel does not take all the answers (socket(7)).
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024)
    lookups.times = 25_000
    client = server.client()
    client.sendall(b"anna\n" * 40)
    # The client reads nothing, until nothing moves any more. Then it reads everything.
    settle()
    assert len(lookups.begun) < 20, "the client did not read, and still name after name was looked up: memory fills up"
    answer = b"<" + b"anna" * 25_000 + b">\n"
    assert read_exactly(client, 40 * len(answer)) == answer * 40, "the client read again, and not every answer came"


@hints(
    "CancelledError comes out of your await. Is it an error of lookup()?",
    "It is not an Exception: except Exception lets it through. Close the writer in a finally clause.",
    "The thread cannot be cancelled: do not wait for it.",
)
@on_stub("the loop's thread slept with it")
def test_cancelled_it_closes_and_ends_at_once(server, lookups, comes, tape):
    lookups.hold(b"slow")
    client = server.client()
    client.sendall(b"slow\n")
    wait_until(lambda: lookups.begun, "the lookup to begin")
    server.call(lambda: server.talks[0].cancel())
    # The lookup sleeps all the while.
    ended = comes(lambda: server.talks[0].done(), "the cancelled coroutine to end")
    assert unread(client) == 0, "your coroutine was cancelled, and took that for an error of lookup()"
    assert ended, f"your coroutine was cancelled, and did not end: {server.why(tape, 'it waits for its thread')}"
    assert server.talks[0].cancelled(), "your coroutine was cancelled, and went on"
    assert comes(lambda: over(client), "the end at the client"), (
        "your coroutine was cancelled, and left the connection open"
    )


@hints(
    "Which exceptions pass through a future, or become another one on the way, and what does encode() refuse?",
    "Catch Exception in the thread itself, round lookup(): then only bytes go back to the loop.",
    "str.encode(errors='backslashreplace') takes every text.",
)
@pytest.mark.parametrize(
    "error",
    [StopIteration("no more"), CancelledError("its own future"), ValueError("no such file: \udcff")],
    ids=["StopIteration", "CancelledError of concurrent.futures", "a lone surrogate"],
)
@on_stub("your coroutine did not tell the client")
def test_any_exception_of_lookup_is_an_answer(server, lookups, hear, error):
    lookups.errors[b"odd"] = error
    client = server.client()
    client.sendall(b"odd\nanna\n")
    words = f"lookup() raised {type(error).__name__}, and your coroutine did not tell the client"
    try:
        told, following = hear(client), hear(client)
    except Exception as raised:
        raise Finding(words, "an answer that begins with b'error '", f"{type(raised).__name__}: {raised}") from raised
    assert told[:6] == b"error ", words
    assert following == b"<anna>\n", "the error was not one line, or the next name was not looked up"


@hints(
    "Which errors of a connection mean that its client is gone? Is ECONNRESET the only one?",
    "ETIMEDOUT is none of ConnectionError's: nothing was acknowledged for too long. Catch OSError.",
)
@on_stub("your coroutine raised ETIMEDOUT")
@linux_only("sockets that are found by their inode")
def test_a_client_that_tcp_gives_up_ends_alone(server, comes, hear):
    gone, other = server.client(), server.client()
    gone.sendall(b"anna\n")
    assert hear(gone) == b"<anna>\n", "a name got no answer"
    break_off(gone, "ETIMEDOUT")
    try:
        ended = comes(server.talks[0].done, "the conversation to end")
    except TimeoutError as error:
        words = "your coroutine raised ETIMEDOUT: TCP gave the client up, which is its end, and not an error"
        raise Finding(words, "the coroutine should return", f"TimeoutError: {error}") from error
    assert ended, "TCP gave the client up, and its conversation did not end"
    other.sendall(b"bert\n")
    assert hear(other) == b"<bert>\n", "the others were not served"


@hints(
    "How long may a line be for readline(), and what does it raise beyond that?",
    "64 KiB, unless the reader was made with another limit; then ValueError. Is that an error of your server?",
    "Take it for the client's end, also in a task that reads ahead. readuntil() leaves the bytes where they are.",
)
@on_stub("your coroutine raised ValueError for a long name")
@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_a_long_name_is_answered_or_ends_its_client_alone(server, hear, tell, comes, size):
    client, other = server.client(), server.client()
    client.sendall(b"anna\n")
    assert hear(client) == b"<anna>\n", "a short name was not looked up"
    name = b"x" * size
    try:
        got, ended = tell(client, name)
        if not got and not ended:
            server.call(server.talks[0].cancel)  # or the server would wait for it at the end of the test
        assert ended or got == b"<" + name + b">\n", "your coroutine neither answered a long name nor closed"
        assert not ended or comes(server.talks[0].done, "the conversation to end"), (
            "the connection was closed, and your coroutine went on"
        )
    except ValueError as error:
        raise Finding(
            "your coroutine raised ValueError for a long name", "an answer, or the end", str(error)
        ) from error
    other.sendall(b"bert\n")
    assert hear(other) == b"<bert>\n", "one client sent a long name, and another one got no answer"
