"""1.1: accept on a blocking listener sleeps until a connection is there."""

import os
import socket

import pytest

from dojo.suite import (
    MUCH,
    descriptors,
    hints,
    interrupted,
    is_nonblocking,
    is_readable,
    limits,
    numbered,
    over,
    raises_errno,
    read_to_end,
    requirement,
    reset_in_queue,
    small_buffers,
    unread,
    wait_queued,
)

UNTOLD = "the client did not get the whole greeting, and your code returned as if it had"


@requirement(3, 4)
@hints(
    "One call waits for a connection and hands it out. Which?",
    "listener.accept() returns a new socket for this client, and the client's address.",
    "conn, address = listener.accept(), then send on conn, not on listener.",
)
def test_a_client_that_is_waiting_is_greeted(kata, listener, connect):
    client = connect(listener)
    kata.serve_one(listener, b"welcome")
    assert read_to_end(client) == b"welcome", "the client did not get the greeting and then the end"


@requirement(5)
@hints(
    "There are two addresses: yours and the client's. Which did accept() give you?",
    "The second thing that accept() returns is the address of the other end.",
)
def test_it_returns_the_address_of_the_client(kata, listener, connect):
    client = connect(listener)
    assert kata.serve_one(listener, b"hi") == client.getsockname(), "your code did not return the client's address"


@requirement(1, 5)
@hints(
    "Who wakes the thread when somebody connects: your code, or the kernel?",
    "Do not make the listener non-blocking and do not call time.sleep(): accept() waits by itself.",
    "A wait that ends after a second, in a loop, looks again and again: give it no limit.",
)
def test_it_sleeps_in_the_kernel_until_somebody_connects(kata, listener, connect, background, tape):
    serving = background(kata.serve_one, listener, b"at last")
    # Nobody has connected yet. The thread must be asleep, in a call that a connection ends.
    serving.asleep()
    assert limits(tape.calls()) == [], (
        "nobody connected, and your wait ended by itself after a while: your code looked again and again"
    )
    client = connect(listener)
    assert serving.result() == client.getsockname()
    assert read_to_end(client) == b"at last"


@requirement(1)
@hints(
    "How often must one ask for a connection that has not come yet?",
    "Once: the call returns when there is an answer. A loop round accept() is polling.",
)
def test_waiting_takes_one_call(kata, listener, connect, background, tape):
    serving = background(kata.serve_one, listener, b"hi")
    serving.asleep()
    connect(listener)
    serving.result()
    assert tape.count("accept") == 1, "a second accept() means that the first did not wait"


@requirement(6)
@hints(
    "accept() gave you a second socket. Which of the two is finished now?",
    "Close the connection, keep the listener.",
)
def test_the_listener_goes_on_listening(kata, listener, connect):
    for greeting in (b"first", b"second"):
        client = connect(listener)
        kata.serve_one(listener, greeting)
        assert listener.fileno() != -1, "your code closed the caller's listener"
        assert read_to_end(client) == greeting


@requirement(2)
@hints(
    "Two clients wait in the queue. How many does one call serve?",
    "One. The other one stays in the queue for the next call.",
)
def test_one_call_serves_one_client(kata, listener, connect):
    first, second = connect(listener), connect(listener)
    wait_queued(listener, 2)
    kata.serve_one(listener, b"one")
    assert read_to_end(first) == b"one"
    assert not unread(second) and not over(second), "one call served two clients"
    assert is_readable(listener), "one call took two clients from the queue"
    kata.serve_one(listener, b"two")
    assert read_to_end(second) == b"two", "the second client was not served by the second call"


@requirement(3)
@hints(
    "How many bytes does one send() take, when the client is slow to read?",
    "send() tells how many it took. sendall() goes on until all are taken.",
)
def test_a_long_greeting_arrives_whole(kata, listener, connect, background):
    greeting = bytes(range(256)) * 8192
    small_buffers(listener, size=65536)
    client = connect(listener)
    serving = background(kata.serve_one, listener, greeting)
    # Two megabytes do not fit into these buffers: the server has to wait for the reader.
    assert read_to_end(client) == greeting, "the client did not get every byte of the greeting, in order"
    serving.result()


@requirement(3)
@hints(
    "A signal arrives while send() sleeps, and its handler returns. What does send() return then?",
    "How much it has taken so far, which is not all. sendall() goes on with the rest, signal after signal.",
)
def test_signals_do_not_cut_the_greeting_short(kata, listener, connect):
    small_buffers(listener)
    client = connect(listener)

    def read_slowly():
        half = bytearray()
        while len(half) < MUCH // 2 and (piece := client.recv(65536)):
            half += piece
        peer.again()  # another signal, in the middle of the rest
        return half + read_to_end(client)

    with interrupted(lambda: None, then=read_slowly) as peer:
        kata.serve_one(listener, numbered(MUCH))
    assert peer.result() == numbered(MUCH), (
        "a signal came while it was sending, and the rest of the greeting is missing"
    )


@requirement(4, 6, 7)
@hints(
    "What becomes of the connection when sending the greeting raises?",
    "Use the connection as a context manager: it is then closed on every way out.",
)
def test_a_client_that_resets_leaves_no_socket_open(kata, listener, connect):
    client = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(client)
    # Linux hands the dead connection out all the same; sending to it fails.
    with raises_errno("ECONNRESET", "EPIPE", "ECONNABORTED", words=UNTOLD):
        kata.serve_one(listener, b"hello?")
    assert listener.fileno() != -1, "a greeting failed, and your code closed the caller's listener"


@requirement(3, 4, 7)
@hints(
    "The client has left before it could read all. Has it been greeted?",
    "No: the error propagates, whichever it is. ECONNRESET and EPIPE are two of them.",
)
def test_a_client_that_has_left_is_not_greeted(kata, listener, connect):
    small_buffers(listener)
    # It closes in order, and its end is in front of the greeting: then the kernel says EPIPE, and not ECONNRESET.
    connect(listener).close()
    with raises_errno("EPIPE", "ECONNRESET", words=UNTOLD):
        kata.serve_one(listener, numbered(MUCH))


@requirement(4)
@hints(
    "Ctrl-C is an exception too, and no OSError. What becomes of the connection?",
    "with and finally close it, whatever the exception is.",
    "A file of makefile() keeps the connection open until the file is closed too.",
)
def test_an_exception_of_any_kind_leaves_no_socket_open(kata, listener, connect):
    small_buffers(listener)
    connect(listener)

    def ctrl_c():
        raise KeyboardInterrupt

    before = descriptors()
    with pytest.raises(KeyboardInterrupt) as held, interrupted(ctrl_c):
        kata.serve_one(listener, numbered(MUCH))
    # Somebody still holds the exception, and with it what the code's frames hold: nothing is collected.
    assert held and descriptors() == before, "Ctrl-C was pressed, and your code left the connection open"


@requirement(7)
@hints(
    "The listener may be closed already. Which exception says so?",
    "accept() says it itself: OSError, with EBADF. A wait before it may have an exception of its own.",
)
def test_a_closed_listener_is_an_oserror(kata, listener):
    listener.close()
    with raises_errno("EBADF", words="the listener was closed, and the caller never finds out"):
        kata.serve_one(listener, b"hi")


@requirement(6, 7)
@hints(
    "accept() can fail at once. What have you changed on the listener until then, and who puts it back?",
    "A finally clause does, or a with. And what shares the listener's descriptor does not close it.",
)
def test_the_listener_is_the_callers_also_when_accept_fails(kata, keep):
    deaf = keep(socket.socket())
    deaf.bind(("127.0.0.1", 0))
    deaf.settimeout(30)
    before = is_nonblocking(deaf)
    # It does not listen, and accept() says so.
    with raises_errno("EINVAL", words="accept() failed, and the caller never finds out"):
        kata.serve_one(deaf, b"hi")
    assert deaf.getsockname(), "accept() failed, and your code closed the caller's listener"
    mode = deaf.gettimeout(), is_nonblocking(deaf)
    assert mode == (30, before), "accept() failed, and the listener has another mode"


@requirement(6)
@hints(
    "A listener with a timeout keeps it. Did you change the listener's mode?",
    "serve_one need not call setblocking() or settimeout() at all.",
    "The mode in the kernel belongs to all duplicates of a descriptor.",
)
@pytest.mark.parametrize(
    "timeout", [None, 30, 0, "kernel"], ids=["blocking", "timeout", "non-blocking", "in the kernel"]
)
def test_the_listener_keeps_its_mode(kata, listener, connect, timeout):
    connect(listener)
    wait_queued(listener, 1)
    if timeout == "kernel":  # Python's object knows nothing of it
        os.set_blocking(listener.fileno(), False)
        timeout = None
    else:
        listener.settimeout(timeout)
    before = is_nonblocking(listener)
    kata.serve_one(listener, b"hi")
    assert listener.gettimeout() == timeout, "your code changed the timeout of the caller's listener"
    assert is_nonblocking(listener) == before, "your code changed the listener's mode in the kernel (O_NONBLOCK)"
