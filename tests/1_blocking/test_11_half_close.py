"""1.11: a side that has ended its own direction goes on receiving."""

import socket
from contextlib import suppress

import pytest

from dojo.suite import (
    accepted,
    break_off,
    hints,
    interrupted,
    is_readable,
    numbered,
    raises_errno,
    read_to_end,
    requirement,
    small_buffers,
    soon,
    unacknowledged,
    wait_delivered,
    wait_until,
)

LONG = 6 << 20  # bytes: more than both buffers of a connection come to hold
BREAKS = ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"]  # a peer that died, one that vanished, no way to it


def begin(kata, listener, background, keep, request, **how):
    """A call of ask() under way, and the server's side of its connection."""
    asking = background(kata.ask, listener.getsockname(), request, **how)
    wait_until(lambda: asking.done or is_readable(listener), "the client to connect")
    if asking.done:
        asking.result()
    return asking, accepted(listener, keep)


def whole_request(conn):
    """What the client sends until it says that this was all."""
    return read_to_end(conn, "the client to say that its request is complete")


def answer(conn, reply):
    """The server replies and ends; that a client is gone already shows in what the client returned."""
    with suppress(ConnectionError), conn:
        conn.sendall(reply)


def heard(asking):
    """What ask() returned, or the name of what it raised: a direction that was given up is reset by what comes."""
    try:
        return asking.result()
    except ConnectionError as error:
        return type(error).__name__


@requirement(2, 3)
@hints(
    "The server has every byte of the request and still waits. What is it waiting for?",
    "Which call ends the sending direction, and only that?",
    "sock.shutdown(socket.SHUT_WR), after the last byte of the request.",
)
@hints(
    "Which directions of the connection are still open when the reply comes, and what does your code do with it?",
    "close() and SHUT_RDWR end both directions. SHUT_WR ends the one in which you send.",
    "Receive until recv() returns b'', and return all the pieces.",
    when="your code did not return what the server replied",
)
def test_the_server_sees_the_end_of_the_request(kata, listener, background, keep):
    asking, conn = begin(kata, listener, background, keep, b"how much?")
    # The server reads until it is told that the request is complete.
    request = whole_request(conn)
    if request != b"how much?" and soon(lambda: asking.done):
        asking.result()  # an error of the client's own says more
    assert request == b"how much?", "the server did not get the request as it was until the client's end"
    answer(conn, b"42")
    assert heard(asking) == b"42", "your code did not return what the server replied"


@requirement(3)
@hints(
    "You have said everything. Have you also heard everything?",
    "close() and SHUT_RDWR give up both directions. The reply comes in one of them.",
    "shutdown() takes an argument: SHUT_WR ends what you send, and what you receive goes on.",
)
def test_it_waits_for_the_reply_after_its_own_end(kata, listener, background, keep):
    asking, conn = begin(kata, listener, background, keep, b"well?")
    whole_request(conn)
    # The client has ended its direction. The server takes its time, and the client must still be there.
    asking.asleep()
    answer(conn, b"after your end")
    assert asking.result() == b"after your end", "your code did not return the reply that came after its own end"


@requirement(3)
@hints(
    "How do you know that the reply is complete?",
    "A recv() that returned less than you asked for proves nothing: more may be on its way.",
    "Go on until recv() returns b'', which is the server's own end.",
)
def test_a_long_reply_arrives_whole(kata, listener, background, keep):
    reply = bytes(range(256)) * 2048
    small_buffers(listener)
    asking, conn = begin(kata, listener, background, keep, b"everything")
    whole_request(conn)
    # Half a megabyte through small buffers comes in many pieces.
    answer(conn, reply)
    assert asking.result() == reply, "your code did not return the whole reply: it goes on until the server's end"


@requirement(3)
@hints(
    "How long may a server be silent in the middle of its reply?",
    "As long as it takes. No time that passes is the end of a stream: only b'' from recv() is.",
)
def test_a_pause_in_the_reply_is_not_its_end(virtual_time, kata, listener, background, keep):
    asking, conn = begin(kata, listener, background, keep, b"all?")
    whole_request(conn)
    for piece in (b"half and ", b"\0"):
        with suppress(OSError):  # it may have given up before
            conn.sendall(piece)
        wait_until(lambda: asking.done or not unacknowledged(conn), "the piece to arrive")
        virtual_time.advance(61)
    answer(conn, b"half")
    words = "the server paused in the middle of its reply, and your code did not return all of it"
    assert asking.result() == b"half and \0half", words


@requirement(1)
@hints(
    "How many bytes does one send() take, when the server is slow to read?",
    "send() returns how many it took; sendall() goes on until all are taken.",
    "The end comes after the last byte: sendall() first, then shutdown().",
)
def test_a_long_request_arrives_whole(kata, listener, background, keep):
    request = bytes(range(256)) * 24576
    asking, conn = begin(kata, listener, background, keep, request)
    # Six megabytes do not fit into the buffers: the rest goes when the server reads.
    assert whole_request(conn) == request, "your code ended its direction before the last byte of the request"
    answer(conn, b"thank you")
    asking.result()


@requirement(1)
@hints(
    "A signal arrives while send() sleeps, and its handler returns. What does send() return then?",
    "How much it has taken so far, which is not all. sendall() goes on with the rest.",
)
def test_a_signal_does_not_cut_the_request_short(kata, listener, keep):
    small_buffers(listener)

    def serve():
        conn = accepted(listener, keep)
        request = whole_request(conn)
        answer(conn, b"thank you")
        return request

    with interrupted(lambda: None, then=serve) as server:
        kata.ask(listener.getsockname(), numbered(LONG))
    assert server.result() == numbered(LONG), "a signal came while your code was sending, and it did not send the rest"


@requirement(2)
@hints(
    "A request of no bytes is a request, too. How does the server find out?",
    "Only by its end: shut down for writing, whether anything was sent or not.",
)
def test_an_empty_request_has_an_end_too(kata, listener, background, keep):
    asking, conn = begin(kata, listener, background, keep, b"")
    assert whole_request(conn) == b"", "the request was empty, and your code sent something"
    answer(conn, b"nothing asked")
    assert heard(asking) == b"nothing asked", "your code did not return the reply to an empty request"


@requirement(3)
@hints(
    "The server ends without a word. Is that an error, or a reply of no bytes?",
    "The first recv() returns b'' and the reply is b''. Return bytes, not another type.",
)
def test_an_empty_reply_is_empty_bytes(kata, listener, background, keep):
    asking, conn = begin(kata, listener, background, keep, b"anything?")
    whole_request(conn)
    conn.close()
    reply = asking.result()
    assert (reply, type(reply)) == (b"", bytes), (
        "the server replied with no bytes, and your code returned another value"
    )


@requirement(3)
@hints(
    "What does a second call know of the first?",
    "Every call has a connection and a reply of its own: keep nothing between calls.",
)
def test_each_call_has_its_own_reply(kata, listener, background, keep):
    for number in (b"1", b"2"):
        asking, conn = begin(kata, listener, background, keep, b"question " + number)
        whole_request(conn)
        answer(conn, b"answer " + number)
        assert asking.result() == b"answer " + number, "your code returned something else than this call's reply"


@requirement(4)
@hints(
    "The server died in the middle of its reply. Does the caller find out?",
    "recv() raises ConnectionResetError. Let it propagate, and close your socket all the same.",
    "Use the socket as a context manager and catch nothing.",
)
@pytest.mark.parametrize("error", BREAKS)
def test_a_reply_that_breaks_off_is_an_error(kata, listener, background, keep, comes, error):
    asking, conn = begin(kata, listener, background, keep, b"how long?", may_raise=True)
    whole_request(conn)
    conn.sendall(b"half of")
    wait_delivered(conn)
    asking.asleep()
    break_off(conn, error)
    comes(lambda: asking.done or is_readable(listener), "ask() to return")
    assert not is_readable(listener), (
        "the connection broke, and your code connected once more: the server has the request twice"
    )
    # What came before looks like a reply, and is not one.
    words = f"recv() failed with {error} in the middle of the reply, and your code returned that as if it were whole"
    with raises_errno(error, words=words):
        asking.result()


@requirement(4)
@hints(
    "The server died while you were sending. Does the caller find out?",
    "sendall() raises, and tells of it once: recv() after it reports an end. Let the error propagate.",
)
@pytest.mark.parametrize("error", BREAKS)
def test_a_request_that_breaks_off_is_an_error(kata, listener, background, keep, error):
    small_buffers(listener)
    asking, conn = begin(kata, listener, background, keep, numbered(LONG))
    # The buffers are full. The server says something, and does not live to read the rest.
    asking.asleep()
    conn.sendall(b"half of")
    break_off(conn, error)
    words = f"send() failed with {error} in the middle of the request, and the caller never finds out"
    with raises_errno(error, "EPIPE", words=words):
        asking.result()


@requirement(5)
@hints(
    "Ctrl-C is an exception too, and no OSError. What becomes of the connection?",
    "with and finally close it, whatever the exception is.",
)
def test_an_exception_of_any_kind_leaves_no_socket_open(kata, listener):
    def ctrl_c():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), interrupted(ctrl_c):
        kata.ask(listener.getsockname(), b"anybody?")


@requirement(4, 5)
@hints(
    "Nobody listens at the address. Who finds out, and what becomes of the socket that you made?",
    "connect() raises, and the socket is yours and open. Make it in a with statement.",
)
def test_a_refused_connection_leaves_no_socket_open(kata, keep):
    # Bound, so that nobody else can have the port, and not listening, so that it refuses.
    closed = keep(socket.socket())
    closed.bind(("127.0.0.1", 0))
    with raises_errno("ECONNREFUSED", words="nobody listens there, and the caller never finds out"):
        kata.ask(closed.getsockname(), b"anybody?")
