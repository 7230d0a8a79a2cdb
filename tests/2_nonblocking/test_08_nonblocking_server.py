"""2.8: a non-blocking server looks after everybody, waits for nobody, and rests when nothing happens."""

import contextlib
import errno
import functools
import socket
import threading

import pytest

from dojo.suite import (
    GONE,
    GREEN,
    NARROW,
    PATIENT,
    READS,
    WRITES,
    Finding,
    Rest,
    accept_fails,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    is_nonblocking,
    on_stub,
    over,
    raises_errno,
    requirement,
    reset_in_queue,
    soon,
    squeezed,
    text_of,
    unread,
    wait_delivered,
    wait_queued,
    wait_until,
    welcome,
)

BLOCKED = "your code blocked on one client; the other clients could not be served meanwhile"
RESTS = {"timers": True, "calls": None}  # nor does it come when the server pauses time and again
OF_SHOW = {  # what print() may raise
    "EPIPE": (BrokenPipeError, errno.EPIPE, "nobody reads what is shown"),
    "EAGAIN": (BlockingIOError, errno.EAGAIN, "there is no room for what is shown"),
    "UnicodeEncodeError": (UnicodeEncodeError, "ascii", "é", 0, 1, "this terminal has no such character"),
}
IGNORED = "accept() failed with EMFILE, and your server went on as if the queue were empty"


@pytest.fixture
def comes(comes):
    """`comes(condition, what)` waits for it, and says whether it came; in so many calls it should have."""
    return functools.partial(comes, timers=False, calls=200, stuck=BLOCKED)


@pytest.fixture
def greeted(hear):
    """`greeted(client)`: what the client gets where its greeting should be."""
    return lambda client: hear(client, len(welcome(client)))


@pytest.fixture
def visit(listener, connect, comes, greeted):
    """`visit()`: somebody comes and is greeted, and may leave, so that the server has seen it."""

    def made(leaves=False):
        client = connect(listener)
        greeted(client)
        if leaves:
            before = descriptors()
            client.close()
            comes(lambda: descriptors() < before - 1, "the connection to be closed", **RESTS)

    return made


@pytest.fixture
def naps(virtual_time, tape, monkeypatch):
    """Take a wait for an event that never comes for a sleep: on the tape, and in virtual time."""
    original, me = threading.Event.wait, threading.current_thread()

    def wait(event, timeout=None):
        if threading.current_thread() is me:
            return original(event, timeout)
        call = tape.recorder.begin("sleep", "event", str(timeout), -1, "you", 0, False)
        until = functools.partial(until_set, event)
        try:
            passed = virtual_time.wait(timeout, until) if timeout else None
            return original(event, timeout) if passed is None else not passed[0]
        finally:
            tape.recorder.end(call)

    def until_set(event, wake, seconds):
        return original(event, seconds)

    monkeypatch.setattr(threading.Event, "wait", wait)


class TalksOn:
    """A show() for a client that says the next "." as soon as one was shown, ten in all.

    While the first is being shown, the `others` speak, and one more comes. While the last one is, what has become of
    them is looked at: `heard` is what was shown of them, and `greeted` whether the new one was greeted.
    """

    def __init__(self, client, others, listener, connect):
        self.shown, self.dots, self.heard, self.greeted = [], 0, "", False
        self._client, self._others, self._listener, self._connect = client, others, listener, connect
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # it does not wait for an acknowledgement

    def __call__(self, text):
        self.shown.append(text)
        if "." not in text:
            return
        if self.dots == 0:
            self._everybody_else_has_something_too()
        if self.dots < 9:
            self._client.sendall(b".")
        else:
            self.heard = text_of(self.shown).replace(".", "")
            self.greeted = soon(lambda: unread(self._late) >= len(welcome(self._late)))
        self.dots += 1

    def _everybody_else_has_something_too(self):
        for other in self._others:
            other.sendall(b"a\n")
            wait_delivered(other)
        self._late = self._connect(self._listener)
        wait_queued(self._listener, 1)


def spins(virtual_time, tape):
    """Whether the server makes more than one call a millisecond, and does not fall asleep.

    Its pauses pass at once, and no other time counts: without them it is three hundred calls in no time.
    """
    calls, passed, rest = len(tape.calls()), virtual_time.passed, Rest()

    def look():
        nonlocal made, milliseconds, asleep
        milliseconds = (virtual_time.passed - passed) / 1e6
        made, asleep = len(tape.calls()) - calls, rest()
        return asleep or made > 300 or milliseconds > 300

    made, milliseconds, asleep = 0, 0.0, False
    virtual_time.in_naps = True
    wait_until(look, "a pause of the server, or three hundred calls without one")
    virtual_time.in_naps = False
    return made > milliseconds and not asleep


@requirement(1, 5)
@hints(
    "The listener does not wait. Which call does, when a client has nothing to say?",
    "On Linux a connection does not inherit the listener's mode.",
    "conn.setblocking(False) right after accept(); then ask every connection again and again.",
)
@on_stub("conn 1.recv(1024) waits")
def test_everybody_is_greeted_though_nobody_speaks(serve, listener, connect, greeted, tape):
    serve()
    # Three at once, and one that comes later.
    for client in (*[connect(listener) for _ in range(3)], None):
        client = client or connect(listener)
        assert greeted(client) == welcome(client), "a client was not greeted with its own host and port"
    waited = [call.text for call in tape.calls(*READS, *WRITES) if call.waited]
    assert waited == [], BLOCKED


@requirement(1, 2)
@hints(
    "When does a connection end: when a message has arrived, or when the client has ended it?",
    "Keep the connection in a list and ask it again in the next round.",
)
@hints(
    "Which of your lines run once for a connection, and which run once for a message?",
    "Prepare the greeting when you accept the client, and delete what was sent.",
    when="the greeting again",
)
@on_stub("the client spoke, and your server did not show it")
def test_a_client_says_one_thing_after_the_other(serve, listener, connect, comes, greeted):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeted(client)
    heard = ""
    for said in ("one\n", "two\n", "three\n"):
        heard += said
        client.sendall(said.encode())
        comes(lambda text=heard: len(text_of(shown)) >= len(text) or over(client), "what the client says to be shown")
        assert text_of(shown) == heard, "the client spoke, and your server did not show it, or showed something else"
    assert unread(client) == 0, "your server sent the greeting again"


@requirement(2, 3)
@hints(
    "Two clients speak in turn. Whose bytes does your decoder hold?",
    'One codecs.getincrementaldecoder("utf-8")("replace") for each client.',
)
@hints(
    "One client is silent in this round. What does your loop do with the clients after it?",
    "An empty recv() of one client must not end the round: continue with the next client.",
    when="the next one said",
)
@on_stub("conn 1.recv(1024) waits")
def test_characters_of_different_clients_are_not_mixed(serve, listener, connect, comes, greeted):
    shown = []
    serve(shown.append)
    first, second = connect(listener), connect(listener)
    greeted(first), greeted(second)
    # 'é' is C3 A9. The second client speaks, twice, when half of the first one's character is there.
    for client, said, text in ((first, b"a\xc3", "a"), (second, b"b", "b"), (second, b"c\n", "c\n")):
        client.sendall(said)
        comes(lambda text=text: text in text_of(shown), "what a client says to be shown as it arrives")
    assert "bc\n" in text_of(shown), "one client was silent, and your server did not show what the next one said"
    first.sendall(b"\xa9\n")
    comes(lambda: text_of(shown).count("\n") == 2, "the first client's line to be shown")
    words = "half a character did not wait for the other half from its own client"
    if sorted(text_of(shown)) == sorted("abc\né\n"):
        words = "your server did not show each piece as it arrived: the order changed"
    assert text_of(shown) == "abc\né\n", words


@requirement(2)
@hints(
    "How much does one recv() return, and what happens to the rest?",
    "What you do not take stays in the kernel for the next round: keep the connection open.",
)
@on_stub("bytes were lost")
def test_a_long_text_is_shown_whole(serve, listener, connect, background, comes, greeted):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeted(client)
    text = "".join(f"{number} é\n" for number in range(1_500))
    sending = background(client.sendall, text.encode(), may_raise=True)
    wait_until(lambda: sending.done, "the client to send its text")
    comes(lambda: len(text_of(shown)) >= len(text) or over(client), "the end of the text", looks=PATIENT, **RESTS)
    assert text_of(shown) == text, "bytes were lost, or not shown in order"


@requirement(4)
@hints(
    'b"" from recv() is not "nothing yet": for that recv() raises BlockingIOError.',
    'b"" is the end: close this connection and forget it, and keep the others.',
)
@on_stub("conn 1.recv(1024) waits")
def test_a_client_that_leaves_is_closed_and_the_others_stay(serve, listener, connect, comes, greeted):
    shown = []
    serve(shown.append)
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        greeted(client)
    clients[1].shutdown(socket.SHUT_WR)
    comes(lambda: over(clients[1]), "the connection to be closed when the client has ended")
    assert over(clients[1]), "the client had ended, and your server did not close its connection"
    for number, client in enumerate((clients[2], clients[0]), start=1):
        client.sendall(b"still here\n")
        comes(lambda n=number: text_of(shown).count("\n") == n or over(clients[0]), "what the others say to be shown")
    assert text_of(shown) == 2 * "still here\n", (
        "one client had left, and your server did not show just what others said"
    )


@requirement(3)
@hints(
    "Any bytes may arrive. What does your decoder do with those that are not UTF-8?",
    'errors="replace" shows U+FFFD. Half a character may be completed later, and is invalid at the end of the stream.',
    'decode(b"", final=True) when the client has ended.',
)
@on_stub("what the client says to be shown as it arrives")
def test_invalid_utf8_is_replaced(serve, listener, connect, comes, greeted):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeted(client)
    # '€' is E2 82 AC. Its last byte comes when the others have arrived, behind one that is invalid.
    client.sendall(b"\xff \xe2\x82")
    comes(lambda: len(text_of(shown)) >= 2 or over(client), "what the client says to be shown as it arrives")
    client.sendall(b"\xac ok \xc3")
    client.shutdown(socket.SHUT_WR)
    comes(lambda: over(client), "the connection to be closed when the client has ended")
    # What another client says now is shown after everything of the first one's.
    other = connect(listener)
    greeted(other)
    other.sendall(b"\n")
    comes(lambda: "\n" in text_of(shown), "the other client's line to be shown")
    # One for FF, one for the half at the end.
    wanted = "\ufffd € ok \ufffd\n"
    assert text_of(shown) == wanted, "your server did not show U+FFFD once for each invalid piece, and for nothing else"


@requirement(3, 4)
@hints(
    "recv() raises ConnectionResetError. Who closes this connection then?",
    "A reset is the end of one client: close its connection and keep the others.",
    "So is every other OSError of this connection but EAGAIN. ETIMEDOUT is not a ConnectionError.",
)
@hints(
    "The next connection gets the same descriptor. What do you still keep under that number?",
    "Forget the decoder of a client whenever you close its connection, whatever ended it.",
    when="completed it with",
)
@on_stub("what the client says to be shown as it arrives")
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"])
def test_a_client_that_resets_ends_itself_alone(serve, listener, connect, comes, greeted, error):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeted(client)
    both = descriptors()
    client.sendall(b"a\xc3")
    comes(lambda: "a" in text_of(shown), "what the client says to be shown as it arrives")
    # Both ends are open. The client resets its own; the other one is the server's to close.
    break_off(client, error)
    comes(lambda: descriptors() == both - 2, "the connection that was reset to be closed")
    assert descriptors() == both - 2, "a client had reset, and your server did not close its connection"
    client = connect(listener)
    soon(lambda: unread(client))  # opens nothing meanwhile: its connection gets the same descriptor
    assert greeted(client), "one client had reset, and your server did not greet the next one"
    client.sendall(b"\xa9\n")
    comes(lambda: "\n" in text_of(shown), "what the next client says to be shown")
    words = "a client had reset after half a character, and your server completed it with the next client's bytes"
    assert "é" not in text_of(shown), words
    assert text_of(shown).replace("\ufffd", "") == "a\n", "a client had reset, and your server showed what nobody said"


@requirement(1, 5)
@hints(
    "A non-blocking send() takes as much as there is room for. What does it return?",
    "Keep what was not taken for the next round. EAGAIN means that nothing was taken this time.",
    "sendall() cannot tell how much it took before it raised: use send().",
)
@on_stub(BLOCKED)
def test_a_greeting_for_which_there_is_no_room_follows_later(serve, listener, connect, comes, greeted):
    client = connect(listener, room=NARROW)
    narrow, came = squeezed(client, 9), bytearray()
    serve()
    # The greeting does not fit: nine bytes go, then none, until the client has read them, and so on.
    comes(lambda: narrow.fired, "the greeting to begin")
    other = connect(listener)
    words = "one client did not read, and your server did not send the next one its own greeting"
    assert greeted(other) == welcome(other), words
    comes(lambda: came.extend(narrow.read()) or len(came) >= len(welcome(client)), "the whole greeting to arrive")
    again = "the nine bytes for which there was room were sent, and your server sent them again"
    assert bytes(came[9:18]) != welcome(client)[:9], again
    assert bytes(came) == welcome(client), "there was room for a part of the greeting, and the rest did not follow"


@requirement(1, 2, 5)
@hints(
    "What does a client have to do before you read from it?",
    "Sending and reading do not wait for each other: call recv() in each round, whatever is still to be sent.",
)
@hints(
    "One client always has something to say. When do the others have their turn?",
    "In each round: one accept(), and one recv() of each client, whether the calls before it succeeded or not.",
    "any() stops at the first that is true: make a list of the results before.",
    when="never stopped talking",
)
@on_stub(BLOCKED)
def test_a_client_that_only_talks_is_heard_and_holds_nobody_up(serve, listener, connect, comes, greeted):
    first, talker, last = (connect(listener, room=NARROW) for _ in range(3))
    # A byte at a time: what is acknowledged late makes a little room, and that is filled at once.
    squeezed(talker, 1)
    talk = TalksOn(talker, (first, last), listener, connect)
    serve(talk)
    greeted(first), greeted(last)
    talker.sendall(b".")
    comes(lambda: "." in text_of(talk.shown), "what the client says to be shown")
    assert "." in text_of(talk.shown), "a client did not read its greeting, it spoke, and your server did not listen"
    comes(lambda: talk.dots == 10, "the tenth thing that the client says to be shown", **RESTS)
    words = "one client never stopped talking, and your server did not show what the others said"
    assert sorted(talk.heard) == sorted("a\na\n"), words
    assert talk.greeted, "one client never stopped talking, and your server did not greet the next one"


@requirement(8)
@hints(
    "Which error of accept() means that the queue is empty? What do you do with all the others?",
    "except BlockingIOError, and nothing wider: not OSError, not Exception.",
)
@hints(
    "serve() ends with an error. In which mode does the caller get the listener back?",
    "Restore the mode in a finally clause: listener.settimeout(what it was).",
    when="the listener's timeout",
)
@on_stub(IGNORED)
def test_an_error_of_the_listener_propagates(kata, listener, connect, background, comes):
    listener.settimeout(30)
    connect(listener)
    with accept_fails(listener) as failing:
        serving = background(kata.serve, listener, may_raise=True)
        comes(lambda: serving.done or failing.fired > 1, "serve() to end with the error of accept()")
    after = "it went on" if failing.fired > 1 else "it ended"
    assert after == "it ended", IGNORED
    with raises_errno("EMFILE", words="accept() failed, and the caller never finds out"):
        serving.result()
    assert listener.gettimeout() == 30, "serve() raised, and your code did not restore the listener's timeout"
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
        kata.serve(listener)


@requirement(8)
@hints(
    "The error propagates. Who closes the connections that the server still has?",
    "try ... finally round the whole loop, with a close() for each of them.",
)
@on_stub("conn 1.recv(1024) waits")
def test_an_error_closes_every_connection(kata, listener, connect, background, comes, greeted, keep):
    late, before = keep(socket.socket()), descriptors()
    serving = background(kata.serve, listener, may_raise=True)
    clients = [connect(listener) for _ in range(2)]
    for client in clients:
        greeted(client)
    # One of them resets, and in the same moment accept() fails.
    with accept_fails(listener, leaving=clients[0]) as failing:
        late.connect(listener.getsockname())
        comes(lambda: serving.done or failing.fired > 1, "serve() to end with the error of accept()")
    after = "it went on" if failing.fired > 1 else "it ended"
    assert after == "it ended", IGNORED
    with raises_errno("EMFILE", words="accept() failed, and the caller never finds out", other=GONE):
        serving.result()
    assert descriptors() == before + 1, "accept() failed, and your code left connections open"


@requirement(8)
@hints(
    "KeyboardInterrupt is not an Exception. Which clause runs for it too?",
    "finally: close every connection, and restore the listener's mode.",
)
@on_stub("your code did not restore the listener's mode")
def test_ctrl_c_closes_every_connection_too(kata, listener, connect, background, comes):
    def show(text):
        raise KeyboardInterrupt

    # Ctrl-C comes while it shows what the client has said.
    connect(listener).sendall(b"hello\n")
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    comes(lambda: serving.done, "serve() to end: it was interrupted", **RESTS)
    assert not is_nonblocking(listener), "serve() was interrupted, and your code did not restore the listener's mode"
    assert descriptors() == before, "serve() was interrupted, and your code left the connection open"
    with contextlib.suppress(KeyboardInterrupt):
        serving.result()
        raise Finding("your code swallowed the interrupt", "KeyboardInterrupt should propagate", "serve() returned")


@requirement(8)
@hints(
    "show() is the caller's function. Whose error is it when show() raises?",
    "Call show() outside the try block that catches the errors of the connection.",
)
@on_stub("show() raised, and your server went on")
@pytest.mark.parametrize(("error", "said"), [*((one, b"hello\n") for one in OF_SHOW), ("EPIPE", b"\xc3")])
def test_an_error_of_show_propagates(kata, listener, connect, background, comes, error, said):
    def show(text):
        kind, *args = OF_SHOW[error]
        raise kind(*args)

    client = connect(listener)
    client.sendall(said)
    client.shutdown(socket.SHUT_WR)  # half a character is shown at the end
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    comes(lambda: serving.done, "serve() to end with the error of show()", **RESTS)
    after = "serve() ended" if serving.done else "serve() went on"
    assert after == "serve() ended", "show() raised, and your server went on as if a client had left"
    with raises_errno(error, words="show() raised, and the caller never finds out"):
        serving.result()
    assert descriptors() == before, "show() raised, and your code left the connection open"


@requirement(6)
@hints(
    "How often does your server ask, while nobody has anything to say?",
    "After a round without work: time.sleep(0.01), whether there are clients or not.",
)
@hints(
    "A client comes at the beginning of your pause. How long does it wait?",
    "About 10 ms are enough: time.sleep(0.01).",
    when="paused for more than",
)
@on_stub("your server paused for more than 0.1 s")
def test_while_nothing_happens_it_rests_and_not_for_long(virtual_time, naps, serve, visit, tape):
    serve()
    # First nobody is there, then somebody is silent, then somebody has left.
    for happens in (lambda: None, visit, lambda: visit(leaves=True)):
        happens()
        words = "your server made more than one call each millisecond while nothing happened"
        assert not spins(virtual_time, tape), words
        longest_pause = max((float(call.args) for call in tape.calls("sleep")), default=0.0)
        assert longest_pause <= 0.1, "your server paused for more than 0.1 s, and a client that comes then has to wait"


@requirement(6)
@hints(
    "Is a pause needed after a round in which a client had something to say?",
    "Remember whether any call of the round succeeded, and sleep only if none did.",
)
@on_stub(GREEN)
def test_it_does_not_rest_while_there_is_work(serve, listener, connect, tape):
    shown, clients = [], [connect(listener) for _ in range(3)]
    for number, client in enumerate(clients):
        client.sendall(f"{number} says hello\n".encode())
        wait_delivered(client)
    wait_queued(listener, 3)
    # All in the queue have spoken, and the first takes four bytes of its greeting at a time: there is work for long.
    squeezed(clients[0], 4, full=False)
    serve(shown.append)
    wait_until(lambda: text_of(shown).count("\n") == 3, "three lines to be shown")
    wait_until(lambda: unread(clients[0]) >= len(welcome(clients[0])), "the whole greeting to arrive")
    done = max((call.number for call in tape.calls(*READS, *WRITES, ok=True)), default=0)
    early = [call.text for call in tape.calls("sleep") if call.number < done]
    assert early == [], "your server slept after a round with work, and more work was waiting"


@requirement(1, 4, 7)
@hints(
    "The kernel can hand out connections that are already broken. Which call notices it first?",
    "A send() that raises ends this client, and no other.",
)
@hints(
    "accept() can raise an error of one client: ConnectionAbortedError. What happens to the other clients?",
    "Catch ConnectionAbortedError beside BlockingIOError, and go on.",
    when="ECONNABORTED",
)
@hints(
    "accept() raised, and returned nothing. What do your variables of the round before still hold?",
    "What is done for a new client belongs where accept() has returned one: in the else of the try, say.",
    when="greeted another one again",
)
@on_stub("conn 4.recv(1024) waits")
def test_a_client_that_is_gone_before_its_greeting_ends_itself_alone(serve, listener, connect, greeted):
    gone, ended = connect(listener), connect(listener)
    wait_queued(listener, 2)
    ended.shutdown(socket.SHUT_WR)
    reset_in_queue(gone), reset_in_queue(ended)
    connect(listener).close()
    client = connect(listener)
    # Three are in front of it: one was reset, one has ended and was reset then (EPIPE), and one has ended.
    with client_gone_before_accept(listener):  # the accept() right behind that of the client
        serve()
        words = "a client was gone before its greeting, and your server did not greet the next one"
        assert greeted(client) == welcome(client), words
        words = "a client was gone before accept(), and your server did not greet the next one"
        assert greeted(late := connect(listener)) == welcome(late), words
    assert unread(client) == 0, "a client was gone before accept(), and your server greeted another one again"
