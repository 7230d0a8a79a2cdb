"""2.8: a non-blocking server looks after everybody, waits for nobody, and rests when nothing happens."""

import contextlib
import math
import socket
import sys
import threading

import pytest

from dojo.suite import (
    GONE,
    GREEN,
    NARROW,
    READS,
    WRITES,
    Finding,
    accept_fails,
    accept_queue,
    asleep_in,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    is_nonblocking,
    on_stub,
    over,
    raises_errno,
    reset_in_queue,
    squeezed,
    tcp_state,
    text_of,
    unread,
    wait_delivered,
    wait_queued,
    wait_until,
    welcome,
)

PAUSES = ("sleep", "select", "poll", "control", "selector.select")


@pytest.fixture
def wait(tape, listener):
    """`wait(condition, what)` waits for it, as long as the server goes its rounds; after thirty it will not come."""

    def until(condition, what):
        before = tape.count("accept")

        def look():
            for call in tape.calls(*READS, *WRITES) if somebody_is_queued(listener) else ():
                if call.ready is False and asleep_in(call):
                    got = f"{call.text} waits, at line {call.line}, and somebody is in the queue"
                    raise Finding("a call waits for one client, and the others for the server", "no call waits", got)
            return condition() or tape.count("accept") > before + 30

        wait_until(look, what)

    return until


@pytest.fixture
def greeted(wait):
    """`greeted(client, serving)`: what the client gets up to a newline. Raises what ended the server meanwhile."""

    def line_of(client, serving):
        line = b""
        while not line.endswith(b"\n"):
            wait(lambda: unread(client) or ended(client) or serving.done, "the greeting at the client")
            if not unread(client):
                if ended(client):
                    wait_until(lambda: serving.done, "a greeting, and the connection was ended before it")
                if serving.done:
                    serving.check()
                break
            line += client.recv(1024)
        return line

    return line_of


def somebody_is_queued(listener):
    """Whether a client waits to be accepted; where that cannot be seen a server that waits is killed in the end."""
    return sys.platform == "linux" and accept_queue(listener)[0] > 0


def ended(client):
    """Whether the server has ended the connection to this client."""
    if sys.platform == "linux":
        return tcp_state(client) not in ("ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2")
    return over(client)


def end_of_round(tape):
    """Wait until the server pauses, or has gone another round."""
    rounds = tape.count("accept")

    def over():
        return any(call.ended is None for call in tape.calls(*PAUSES)) or tape.count("accept") > rounds + 1

    wait_until(over, "the end of a round")


@pytest.fixture
def naps(tape, monkeypatch):
    """What sleeps until an event that never comes is a sleep like another, and is put on the tape as one."""
    original, me = threading.Event.wait, threading.current_thread()

    def wait(event, timeout=None):
        if threading.current_thread() is me:
            return original(event, timeout)
        call = tape.recorder.begin("sleep", "event", str(timeout), -1, "you", 0, False)
        try:
            return original(event, timeout)
        finally:
            tape.recorder.end(call)

    monkeypatch.setattr(threading.Event, "wait", wait)


def pause(call):
    """How many seconds a call asks for in which nothing else is done; 0 if it is no pause."""
    if call.name not in ("sleep", "select", "poll", "control"):
        return 0.0
    if call.name == "poll" and not call.target:
        return 0.0  # a poll object is made
    limit = call.args.split(", ")[0 if call.name == "poll" else -1].rpartition("=")[2]
    if limit in ("", "None") or limit.endswith("]") or limit.startswith("-"):
        return math.inf
    return float(limit) / (1000 if call.target == "poll" else 1)


def rest(tape):
    """How many calls the server makes from one pause to a later one, and how many milliseconds these are meant to take.

    What a pause was meant to take, and not how long it was: that depends on the machine. If no pause comes, it is a
    hundred calls in no time.
    """
    start = max(len(tape.calls()) - 1, 0)  # it may be in a pause already, and even in one without an end

    def look():
        nonlocal new, at
        new = tape.calls()[start:]
        at = [number for number, call in enumerate(new) if pause(call)]
        return len(new) > 100 or sum(map(pause, new)) >= 0.04

    new, at = [], []
    wait_until(look, "a pause of the server, or a hundred calls without one")
    between = new[at[0] : at[-1]] if len(at) > 1 else new
    return len(between), 1000 * sum(map(pause, between))


@hints(
    "The listener does not wait. Which call does, when a client has nothing to say?",
    "On Linux a connection does not inherit the listener's mode.",
    "conn.setblocking(False) right after accept(); then ask every connection again and again.",
)
@on_stub("conn 1.recv(1024) waits")
def test_everybody_is_greeted_though_nobody_speaks(serve, listener, connect, greeted):
    serving = serve()
    for client in [connect(listener) for _ in range(3)]:
        assert greeted(client, serving) == welcome(client), "each client is greeted, with its own host and port"


@hints(
    "When does a connection end: when a message has come, or when the client has ended it?",
    "Keep the connection in a list and ask it again in the next round.",
)
@on_stub("ends with its client, not with its first message")
def test_a_client_says_one_thing_after_the_other(serve, listener, connect, wait, greeted):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the greeting holds the host and the port of this client"
    heard = ""
    for said in ("one\n", "two\n", "three\n"):
        heard += said
        client.sendall(said.encode())
        wait(lambda text=heard: len(text_of(shown)) >= len(text) or ended(client), "what it says to be shown")
        assert text_of(shown) == heard, "a connection ends with its client, not with its first message"
    assert unread(client) == 0, "the greeting comes once, and not with every message"


@hints(
    "Two clients speak by turns. Whose bytes does your decoder have in hand?",
    "One that is silent just now is no reason to leave out the others in this round.",
    'A codecs.getincrementaldecoder("utf-8")("replace") for each client.',
)
@on_stub("conn 1.recv(1024) waits")
def test_characters_of_different_clients_are_not_mixed(serve, listener, connect, tape, wait, greeted):
    shown = []
    serving = serve(shown.append)
    first, second = connect(listener), connect(listener)
    greeted(first, serving), greeted(second, serving)
    # 'é' is C3 A9. The second client speaks when half of the first one's character is there.
    first.sendall(b"a\xc3")
    wait(lambda: any(shown), "what the first client says to be shown as it comes")
    end_of_round(tape)
    second.sendall(b"b\n")
    wait(lambda: "\n" in text_of(shown), "the second client's line to be shown")
    assert "b" in text_of(shown), "one client is silent just now, and the next one is not heard"
    first.sendall(b"\xa9\n")
    wait(lambda: text_of(shown).count("\n") == 2, "the first client's line to be shown")
    assert text_of(shown) == "ab\né\n", "half a character waits for its own client's other half"


@hints(
    "How much does one recv() bring, and what becomes of the rest?",
    "What you do not take stays in the kernel for the next round: do not close, do not skip.",
)
@on_stub("byte is lost, and all come in order")
def test_a_long_text_is_shown_whole(serve, listener, connect, background, greeted):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeted(client, serving)
    text = "".join(f"{number} é\n" for number in range(8_000))
    background(client.sendall, text.encode(), may_raise=True)
    wait_until(lambda: len(text_of(shown)) >= len(text) or ended(client), "the end of the text to be shown")
    assert text_of(shown) == text, "no byte is lost, and all come in order"


@hints(
    'b"" from recv() is not "nothing yet": that one is an exception.',
    'b"" is the end: close this connection and forget it, and keep the others.',
)
@on_stub("conn 1.recv(1024) waits")
def test_a_client_that_leaves_is_closed_and_the_others_stay(serve, listener, connect, wait, greeted):
    shown = []
    serving = serve(shown.append)
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        greeted(client, serving)
    clients[1].shutdown(socket.SHUT_WR)
    wait(lambda: ended(clients[1]), "the connection to be closed when the client has ended")
    assert ended(clients[1]), "the client has ended, and its connection is never closed"
    for client in (clients[2], clients[0]):
        client.sendall(b"still here\n")
    wait(lambda: text_of(shown).count("\n") == 2 or ended(clients[0]), "what the others say to be shown")
    assert text_of(shown) == 2 * "still here\n", "the other clients stay, and only what they say is shown"


@hints(
    "Any bytes may come. What does your decoder do with those that are no UTF-8?",
    'errors="replace" shows U+FFFD. Half a character at the end is no UTF-8 either.',
    'decode(b"", final=True) when the client has ended.',
)
@on_stub("the connection to be closed when the client has ended")
def test_what_is_no_utf8_is_replaced(serve, listener, connect, wait, greeted):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeted(client, serving)
    client.sendall(b"\xff ok \xc3")
    client.shutdown(socket.SHUT_WR)
    wait(lambda: ended(client), "the connection to be closed when the client has ended")
    # What comes from somebody else now is shown later than anything of the first one's.
    other = connect(listener)
    greeted(other, serving)
    other.sendall(b"\n")
    wait(lambda: "\n" in text_of(shown), "the other client's line to be shown")
    # One for FF, one for the half at the end.
    assert text_of(shown) == "\ufffd ok \ufffd\n", "each piece that is no character is shown as U+FFFD"


@hints(
    "recv() raises ConnectionResetError. Who closes this connection then?",
    "A reset is the end of one client: close its connection, go on with the others.",
    "So is every other OSError on this connection that is not EAGAIN. ETIMEDOUT is no ConnectionError.",
)
@on_stub("the connection that was reset to be closed")
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_client_that_resets_ends_itself_alone(serve, listener, connect, wait, greeted, error):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeted(client, serving)
    both = descriptors()
    # Both ends are open. The client resets its own; the other one is the server's to close.
    break_off(client, error)
    wait(lambda: descriptors() == both - 2, "the connection that was reset to be closed")
    assert descriptors() == both - 2, "the connection that was reset is never closed"
    assert text_of(shown) == "", "it has said nothing, and something is shown"
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the next client is greeted"


@hints(
    "A non-blocking send() takes what there is room for. What does it return?",
    "Keep what was not taken, for the next round. EAGAIN means that now nothing was taken.",
    "sendall() cannot tell how much it took before it raised: use send().",
)
@on_stub("a client that does not read would hold everybody up")
def test_a_greeting_for_which_there_is_no_room_follows_later(serve, listener, connect, wait, tape):
    client = connect(listener, room=NARROW)
    narrow, came = squeezed(client), bytearray()
    serve()
    # The greeting does not fit: sixteen bytes go, then none, until the client has read them.
    wait(lambda: narrow.fired, "the greeting to begin")
    wait(lambda: any(map(asleep_in, tape.calls())) or tape.count("accept") > 3, "the next rounds")
    assert not any(map(asleep_in, tape.calls(*WRITES))), (
        "it greets in blocking mode: a client that does not read would hold everybody up"
    )
    wait(lambda: came.extend(narrow.read()) or len(came) >= len(welcome(client)), "the whole greeting to arrive")
    assert came == welcome(client), "there was room for a part of the greeting, and the rest has to follow"


@hints(
    "Which error of accept() means that nobody is there? What about all the others?",
    "except BlockingIOError, and no other: not OSError, not Exception.",
    "Put the mode back in a finally clause: listener.settimeout(what it was).",
)
@on_stub("no empty queue, and the server goes on as if nothing were the matter")
def test_an_error_of_the_listener_propagates(kata, listener, connect, background):
    listener.settimeout(30)
    connect(listener)
    with accept_fails(listener) as failing:
        serving = background(kata.serve, listener, may_raise=True)
        wait_until(lambda: serving.done or failing.fired > 1, "serve() to end with the error of accept()")
    assert failing.fired <= 1, "EMFILE is no empty queue, and the server goes on as if nothing were the matter"
    with raises_errno("EMFILE", words="an error of accept() was swallowed: the caller never finds out"):
        serving.result()
    assert listener.gettimeout() == 30, "the listener is the caller's: its timeout is put back when serve() ends"
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener is closed, and the caller never finds out"):
        kata.serve(listener)


@hints(
    "The error propagates. Who closes the connections that the server has in hand?",
    "try ... finally round the whole loop, with a close for each.",
)
@on_stub("conn 1.recv(1024) waits")
def test_an_error_closes_every_connection(kata, listener, connect, background, greeted, keep):
    late, before = keep(socket.socket()), descriptors()
    serving = background(kata.serve, listener, may_raise=True)
    clients = [connect(listener) for _ in range(2)]
    for client in clients:
        greeted(client, serving)
    # One of them resets, and in the same moment accept() fails.
    with accept_fails(listener, leaving=clients[0]) as failing:
        late.connect(listener.getsockname())
        wait_until(lambda: serving.done or failing.fired > 1, "serve() to end with the error of accept()")
    assert failing.fired <= 1, "EMFILE is no empty queue, and the server goes on as if nothing were the matter"
    with raises_errno("EMFILE", words="an error of accept() was swallowed: the caller never finds out", other=GONE):
        serving.result()
    assert descriptors() == before + 1, "the connections were left open when accept() failed"


@hints(
    "KeyboardInterrupt is no Exception. Which clause runs for it too?",
    "finally: close every connection, and put the listener's mode back.",
)
@on_stub("mode is put back when serve() ends")
def test_ctrl_c_closes_every_connection_too(kata, listener, connect, background):
    def show(text):
        raise KeyboardInterrupt

    # Ctrl-C comes while it shows what the client has said.
    connect(listener).sendall(b"hello\n")
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    wait_until(lambda: serving.done, "serve() to end: it was interrupted")
    assert not is_nonblocking(listener), "the listener is the caller's: its mode is put back when serve() ends"
    assert descriptors() == before, "the connection was left open at Ctrl-C"
    with contextlib.suppress(KeyboardInterrupt):
        serving.result()
        raise Finding("the interrupt was swallowed: the caller never finds out", "KeyboardInterrupt", "it returned")


@hints(
    "How often do you ask, while nobody has anything to say? How long may somebody wait who does?",
    "After a round without work: time.sleep(0.01), whether there are clients or not.",
)
@on_stub("comes during a pause waits for its end")
def test_while_nothing_happens_it_rests_and_not_for_long(naps, serve, listener, connect, tape, greeted):
    serving = serve()

    def come():
        client = connect(listener)
        greeted(client, serving)
        return client

    # First nobody is there, then somebody is silent, then somebody has left.
    for happens in (lambda: None, come, lambda: come().close()):
        happens()
        calls, milliseconds = rest(tape)
        assert calls <= milliseconds, "more than a call each millisecond while nothing happens: a processor is burnt"
        longest = max((float(call.args) for call in tape.calls("sleep")), default=0.0)
        assert longest <= 0.1, "whoever comes during a pause waits for its end: about 10 ms are enough"


@hints(
    "Is a pause needed after a round in which somebody had something to say?",
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
    assert early == [], "it sleeps after a round with work, and more work is waiting"


@hints(
    "The kernel hands out connections that are dead already. Which call notices it first?",
    "A send that raises ends this client, and nobody else.",
    "accept() raises ConnectionAbortedError for a client that was gone before: go on without it.",
)
@on_stub("conn 3.recv(1024) waits")
def test_a_client_that_is_gone_before_its_greeting_ends_itself_alone(serve, listener, connect, greeted):
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    connect(listener).close()
    # Two are in the queue: a connection that was reset and one that has ended.
    serving = serve()
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the next client is greeted"
    with client_gone_before_accept(listener):
        client = connect(listener)
        assert greeted(client, serving) == welcome(client), "the next client is greeted"
