"""3.2: a listener is readable while its queue is not empty, unless somebody else accepts first."""

import socket

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    accept_fails,
    asleep_in,
    hints,
    linux_only,
    on_stub,
    raises_errno,
    reset_in_queue,
    rival,
    stands_in,
    wait_queued,
    wait_reset,
    wait_until,
)


@on_stub(GREEN)
@hints(
    "In which of its three lists does select() name a listener with a client in its queue?",
    "In the first: a listener is readable when accept() has something to hand out. It is never writable.",
)
def test_a_client_in_the_queue_is_returned(kata, listener, connect, keep):
    client = connect(listener)
    wait_queued(listener, 1)
    conn = keep(kata.accept_ready(listener, 0.5))
    assert conn is not None, "a client was in the queue, and your code did not return the connection to it"
    assert conn.getpeername() == client.getsockname(), (
        "your code returned a connection to somebody else than the client"
    )


@on_stub(GREEN)
@hints(
    "How does select() say that its time is over?",
    "Its lists are empty. There is nobody to accept: return None.",
)
def test_nobody_in_time_is_none(silence, kata, listener):
    clock = silence.clock()
    assert kata.accept_ready(listener, 0.1) is None, "nobody had connected, and your code did not return None"
    assert clock() >= 0.1, "your code gave up before the time was over"
    for seconds in silence.longer(5.5, 31.0):
        clock = silence.clock()
        assert kata.accept_ready(listener, seconds) is None, "nobody had connected, and your code did not return None"
        assert clock() >= seconds, f"your code gave up before the time was over: {seconds} s"


@on_stub(GREEN)
@hints(
    "Who wakes the thread when somebody connects: your code, or the kernel?",
    "Sleep in a call that a connection ends: select() with the listener in its first list.",
)
def test_a_client_that_connects_ends_the_wait(kata, listener, connect, background, keep):
    accepting = background(kata.accept_ready, listener, 30)
    # Nobody has connected yet, and half a minute is left: the thread must be asleep.
    accepting.asleep()
    client = connect(listener)
    conn = keep(accepting.result())
    assert conn is not None, "a client connected in time, and your code did not return it"
    assert conn.getpeername() == client.getsockname(), (
        "your code returned a connection to somebody else than the client"
    )


@on_stub(GREEN)
@hints(
    "How many connections does a call return, and how many does it take from the queue?",
    "One accept() a call. The others wait in the queue, and the listener stays readable.",
)
def test_one_call_takes_one_client(silence, kata, listener, connect, keep):
    clients = [connect(listener) for _ in range(3)]
    wait_queued(listener, 3)
    conns = [keep(kata.accept_ready(listener, 0.5)) for _ in range(4)]
    found = [conn is not None for conn in conns]
    assert found == [True, True, True, False], (
        "three clients were in the queue, and your code did not return one of them at each call"
    )
    names = [conn.getpeername() for conn in conns[:3]]
    assert names == [client.getsockname() for client in clients], (
        "your code did not return the next client in the queue"
    )


@on_stub("0 seconds are a look")
@hints(
    "What does 0 tell select(), and what does None tell it?",
    "0 is a look without a wait, None is a wait without a limit. Which of them does `0 or None` give?",
)
def test_zero_seconds_look_once(kata, listener, background, tape):
    looking = background(kata.accept_ready, listener, 0)
    wait_until(lambda: looking.done or any(asleep_in(call) for call in tape.waits()), "the answer")
    waits = [call.text for call in tape.waits()]
    assert waits == [], "your code waited: 0 seconds are a look at the queue, and not a wait without a limit"
    assert looking.result() is None, "nobody was in the queue, and your code did not return None"


@on_stub("still blocked in listener.accept()")
@hints(
    "The client was there when select() looked. Who says that it still is when accept() looks?",
    "Nobody: another thread may have accepted it. What does accept() do then, on a blocking listener?",
    "Make the listener non-blocking for the accept(), and take BlockingIOError for None.",
)
def test_a_client_taken_by_others_is_none(silence, kata, listener, connect):
    for mode in (None, 30):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        # The listener is readable. Somebody else, on the same queue, is a moment quicker.
        with rival(listener):
            conn = kata.accept_ready(listener, 0.5)
        assert conn is None, "somebody else took the client, and your code did not return None"
        assert listener.gettimeout() == mode, (
            "somebody else took the client, and your code left the listener in another mode"
        )


@on_stub(GREEN)
@hints(
    "How does accept() on a non-blocking listener say that the queue is empty?",
    "It raises BlockingIOError: the client is gone. That is an answer, and no error.",
    "except BlockingIOError: return None",
)
def test_a_non_blocking_listener_is_no_different(silence, kata, listener, connect):
    listener.setblocking(False)
    connect(listener)
    wait_queued(listener, 1)
    with rival(listener):
        conn = kata.accept_ready(listener, 0.5)
    assert conn is None, "somebody else took the client, and your code did not return None"


@on_stub(GREEN)
@hints(
    "A part of the time is over when the client comes. How much may still be spent?",
    "A timeout handed to a second call must be shorter by what the first one has used.",
    "After select() has named the listener, accept() need not wait at all: make it non-blocking.",
)
def test_the_time_is_not_given_twice(kata, listener, connect, background, keep, monkeypatch):
    given, real_accept = [], socket.socket.accept

    @stands_in
    def accept(listener):
        given.append(listener.gettimeout())
        return real_accept(listener)

    accepting = background(kata.accept_ready, listener, 30)
    accepting.asleep()
    # Some of the 30 seconds is over. From here on we note how long an accept() may wait.
    monkeypatch.setattr(socket.socket, "accept", accept)
    connect(listener)
    keep(accepting.result())
    assert 30 not in given, "some of the 30 seconds was over, and your accept() could wait for all of them again"


@on_stub(GREEN)
@hints(
    "Every client that comes is taken by somebody else. How long does the call go on?",
    "The time is for the whole call. After a client was taken, what is left of it?",
    "Return None after the first BlockingIOError, or count the time that is left from a deadline.",
)
def test_the_time_holds_for_the_whole_call(silence, kata, listener, connect):
    clients = [connect(listener)]
    wait_queued(listener, 1)

    def next_client():
        clients[-1].close()
        silence.advance(0.1)
        if len(clients) == 24:
            words = "the time was over, and your code went on for every client that others took: it need never end"
            raise Finding(words, "an answer when 0.5 seconds are over", "it looks on when 2.4 seconds are over")
        clients.append(connect(listener))
        wait_queued(listener, 1)

    listener.setblocking(False)
    # Whenever a client is taken, a tenth of a second has passed, and the next one is in the queue, to be taken as well.
    with rival(listener, clients=1000, then=next_client):
        assert kata.accept_ready(listener, 0.5) is None, "others took all clients: your code did not return None"


@on_stub("a client had reset in the queue, and your code did not return its connection")
@linux_only("a queue that keeps a connection after its reset")
@hints(
    "What can be asked of a connection that has been reset, and what fails?",
    "accept() hands it out, with the address. getpeername() fails with ENOTCONN.",
    "You need neither the address nor the name: return what accept() gave you.",
)
def test_a_client_that_has_reset_is_handed_out(kata, listener, connect, keep):
    client = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(client)
    # The reset has arrived before anybody accepted. The connection stays in the queue.
    conn = keep(kata.accept_ready(listener, 0.5))
    assert conn is not None, "a client had reset in the queue, and your code did not return its connection"
    wait_reset(conn)
    with raises_errno("ECONNRESET", words="the client had reset, and a read from the connection did not show it"):
        conn.recv(1)


@on_stub("a client was accepted, and your code left the listener in another mode")
@hints(
    "In which mode did the listener come? Three answers are possible.",
    "setblocking(True) forgets a timeout. gettimeout() tells all three modes, settimeout() sets them.",
    "before = listener.gettimeout(), and in the end listener.settimeout(before).",
)
def test_the_listener_keeps_its_mode(kata, listener, connect, keep):
    for mode in (None, 7, 0):
        listener.settimeout(mode)
        connect(listener)
        wait_queued(listener, 1)
        keep(kata.accept_ready(listener, 0.5))
        assert listener.gettimeout() == mode, "a client was accepted, and your code left the listener in another mode"
        kata.accept_ready(listener, 0.001)
        assert listener.gettimeout() == mode, "nobody was there, and your code left the listener in another mode"


@on_stub("accept() failed, and your code hid the error behind None")
@hints(
    "accept() fails, and not because the queue is empty. Who must find out?",
    "Catch the one exception that means: nobody is there. What belongs to every way out belongs into finally.",
)
def test_an_error_of_accept_propagates(kata, listener, connect):
    listener.settimeout(7)
    connect(listener)
    wait_queued(listener, 1)
    # The process has no descriptor left, while a client waits.
    words = "accept() failed, and your code hid the error behind None"
    with raises_errno("EMFILE", words=words), accept_fails(listener):
        kata.accept_ready(listener, 0.5)
    assert listener.gettimeout() == 7, "accept() failed, and your code left the listener in another mode"


@on_stub("the listener was closed, and your code hid the error behind None")
@hints(
    "Nobody will ever connect to a closed listener. Does None say so?",
    "select() refuses a closed socket with ValueError, accept() with EBADF: let either propagate.",
)
@pytest.mark.parametrize("timeout", [0, 0.01])
def test_a_closed_listener_is_an_error(kata, listener, timeout):
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and your code hid the error behind None"):
        kata.accept_ready(listener, timeout)
