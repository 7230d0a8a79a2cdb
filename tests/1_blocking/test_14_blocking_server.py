"""1.14: a blocking server has one client at a time, and no client can end it; and its client."""

import contextlib
import errno
import socket

import pytest

from dojo.suite import (
    GREEN,
    MUCH,
    accepted,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    interrupted,
    is_readable,
    numbered,
    on_stub,
    raises_errno,
    read_to_end,
    requirement,
    reset_in_queue,
    text_of,
    unread,
    wait_delivered,
    wait_queued,
    wait_until,
    welcome,
)


@pytest.fixture
def greeting(hear):
    """`greeting(client)`: what the client is sent, up to the length of its greeting; less if the server rests."""
    return lambda client: hear(client, len(welcome(client)))


@pytest.fixture
def text(comes):
    """`text(shown, wanted)`: what was shown in one piece, as soon as it is as long as `wanted`, or the server rests."""

    def shown_so_far(shown, wanted):
        comes(lambda: len(text_of(shown)) >= len(wanted), f"{wanted!r} to be shown")
        return text_of(shown)

    return shown_so_far


@requirement(1, 4)
@hints(
    "There are two addresses. Whose is the one in the greeting?",
    "accept() returns a connection and the address of the client: a host and a port, in a tuple.",
    'host, port = address; f"welcome, {host} port {port}\\n", encoded.',
)
@on_stub("your server did not greet the client with the client's address")
def test_a_client_is_greeted_with_its_own_address(serve, listener, connect, greeting):
    serving = serve()
    # Nobody has come yet: it sleeps in the kernel.
    serving.asleep()
    client = connect(listener)
    assert greeting(client) == welcome(client), "your server did not greet the client with the client's address"


@requirement(1, 2)
@hints(
    "Does your server wait for more than has come, a newline for example? And what else does it show?",
    "recv() returns what is there. Decode it, and hand it to show() at once.",
)
@hints(
    "Which of your lines run once for a connection, and which run once for a message?",
    "Greet between accept() and the loop that reads.",
    when="sent it something again",
)
@on_stub("sent it something again")
def test_it_greets_once_and_shows_what_is_said(serve, listener, connect, greeting, text):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeting(client)
    # Whole lines, and one that is not: the client goes on later.
    for said, so_far in ((b"one\n", "one\n"), (b"two", "one\ntwo")):
        client.sendall(said)
        assert text(shown, so_far) == so_far, "your server did not show what the client said, as it came"
    assert unread(client) == 0, "the client was greeted, and your server sent it something again"


@requirement(3)
@hints(
    "recv() returns bytes, not characters. What are the first two bytes of '€'?",
    "Something must keep the first bytes of a character until the last has come: not bytes.decode().",
    'codecs.getincrementaldecoder("utf-8")("replace") makes one decoder; feed it piece by piece.',
)
@on_stub("UnicodeDecodeError")
def test_a_character_that_arrives_in_pieces_is_shown_whole(serve, listener, connect, greeting, text):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeting(client)
    # '€' is three bytes. Each goes out when the server has read the one before and sleeps again.
    for piece in (b"5 \xe2", b"\x82", b"\xac\n"):
        serving.asleep()
        client.sendall(piece)
    assert text(shown, "5 €\n") == "5 €\n", "a character came in pieces, and your server did not put them together"


@requirement(5)
@hints(
    "What does recv() return when the client has nothing more to say?",
    'b"" is no message: it is the end. Leave the loop, close the connection, take the next client.',
)
@on_stub("the client ended its side, and your server did not just close the connection")
def test_at_the_end_of_the_stream_it_closes_the_connection(serve, listener, connect, greeting, comes):
    serve()
    client = connect(listener)
    greeting(client)
    # The client says that it is done, and still listens.
    client.shutdown(socket.SHUT_WR)
    came = "nothing"
    if comes(lambda: is_readable(client), "the end of the stream at the client"):
        came = client.recv(1024)
    assert came == b"", "the client ended its side, and your server did not just close the connection"


@requirement(4, 5)
@hints(
    "One thread sleeps in one call. For whom does this one wait while a client is silent?",
    "When the first client has left, the loop comes back to accept(), and there the second is.",
)
@on_stub("BrokenPipeError EPIPE")
def test_the_second_client_waits_until_the_first_has_left(serve, listener, connect, greeting, comes, tape):
    serving = serve()
    first = connect(listener)
    greeting(first)
    second = connect(listener)
    comes(lambda: is_readable(listener) or tape.count("accept") > 1, "the second connection")
    serving.asleep()
    # The kernel has completed the second connection, and nobody has accepted it.
    again = comes(lambda: tape.count("accept") > 1, "a second accept()")
    assert not again, "your server called accept() again while the first client was there"
    assert unread(second) == 0, "your server greeted the second client while the first was there"
    first.close()
    assert greeting(second) == welcome(second), "the first client left, and your server did not greet the second"


@requirement(6)
@hints(
    "A client that is killed may send RST instead of FIN. How does recv() tell you?",
    "recv() raises ConnectionResetError: treat it as the end of this client.",
    "Whatever OSError a call on this connection raises ends this client.",
)
@hints(
    "TCP has given up a client that does not answer. Which exception is that, and does your except clause catch it?",
    "ETIMEDOUT is a TimeoutError and not a ConnectionError. Both are OSErrors.",
    when="ETIMEDOUT",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
@on_stub("data = conn.recv(1024)")
def test_a_client_whose_connection_breaks_does_not_end_it(serve, listener, connect, greeting, error):
    serving = serve()
    client = connect(listener)
    greeting(client)
    client.sendall(b"I am abou")
    serving.asleep()
    # It waits for the rest of the word, and the connection breaks.
    break_off(client, error)
    client = connect(listener)
    assert greeting(client) == welcome(client), f"recv() failed with {error}, and your server did not take the next"


@requirement(3)
@hints(
    "A client can send any bytes. What does your decoder do with those that are not UTF-8?",
    'errors="replace" puts U+FFFD in their place. Half a character that nothing follows is one of them.',
    'One decoder for each client, and decode(b"", final=True) at its end.',
)
@on_stub("UnicodeDecodeError")
def test_invalid_utf8_is_replaced(serve, listener, connect, greeting, text):
    shown = []
    serve(shown.append)
    first = connect(listener)
    greeting(first)
    first.sendall(b"\xff ok \xc3")
    first.close()
    # 'é' is C3 A9: the first client left after C3, and the second comes with A9.
    second = connect(listener)
    greeting(second)
    second.sendall(b"\xa9\n")
    # One for FF, one for the half at the end, one for the half at the beginning.
    wanted = "\ufffd ok \ufffd\ufffd\n"
    got = text(shown, wanted)
    assert "é" not in got, "your server put half a character of one client together with half of the next one's"
    assert got == wanted, "your server did not show each piece that is not a character as U+FFFD"


@requirement(7)
@hints(
    "Whose error is it, when accept() itself raises?",
    "Catch what the conversation with one client raises, and at accept() nothing but ECONNABORTED.",
)
@on_stub(GREEN)
def test_an_error_of_the_listener_propagates(kata, listener):
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener is closed, and the caller never finds out"):
        kata.serve(listener)


@requirement(7)
@hints(
    "show() is not a call on the connection. May its error be taken for the client's?",
    "Keep show() out of the try that catches resets; let a with statement close the connection.",
)
@on_stub("show() failed, and your server left the connection open")
def test_an_error_of_show_propagates_and_the_connection_is_closed(kata, listener, connect, background, tape):
    def show(text):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    # As print() does when nobody reads its output any more.
    connect(listener).sendall(b"hello\n")
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    wait_until(lambda: serving.done or tape.count("accept") > 1, "show() to fail, and serve() to end with its error")
    assert serving.done, "show() failed, and your server took its error for one of the client"
    with raises_errno("EPIPE", words="show() failed, and the caller never finds out"):
        serving.result()
    assert descriptors() == before, "show() failed, and your server left the connection open"


@requirement(6)
@hints(
    "accept() can return connections that are broken already. Which call notices it first?",
    "The greeting itself may fail. That is the end of this client, and not of your server.",
    "A client may be gone before accept() returns: ECONNABORTED. Catch that one there, and call accept() again.",
)
@on_stub("ECONNRESET")
def test_a_client_that_is_gone_before_its_greeting_does_not_end_it(serve, listener, connect, greeting):
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    connect(listener).close()
    # Two are in the queue: a connection that was reset and one that has ended.
    serve()
    client = connect(listener)
    assert greeting(client) == welcome(client), "two clients were gone, and your server did not greet the next"
    client.close()
    with client_gone_before_accept(listener):
        client = connect(listener)
        assert greeting(client) == welcome(client), "accept() failed with ECONNABORTED, and your server did not go on"


@requirement(9)
@hints(
    "The server greets once. For how many greetings does your client wait?",
    "Read one line, send all messages one after the other, then end the stream.",
    "shutdown(SHUT_WR) or close() ends it. A with statement closes after an error too.",
)
@on_stub("still blocked in socket 1.recv(1024)")
def test_the_client_says_everything_and_ends(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), iter(["one ", "två ", "three"]))
    conn = accepted(listener, keep)
    conn.sendall(b"welcome, friend\n")
    assert read_to_end(conn) == "one två three".encode(), "your client did not send all messages, and nothing else"
    conn.close()
    assert talking.result() == "welcome, friend", "your client did not return the greeting without its newline"


@requirement(9)
@hints(
    "A signal arrives while send() sleeps, and its handler returns. What does send() return then?",
    "How much it has taken so far, which is not all. sendall() goes on with the rest.",
)
@on_stub("socket 1 was never closed")
def test_a_signal_does_not_cut_a_message_short(kata, listener, background, keep):
    def greet():
        conn = accepted(listener, keep)
        conn.sendall(b"welcome\n")
        return conn

    def hear_all():
        with greeting.result() as conn:
            return read_to_end(conn)

    greeting, peers = background(greet), []
    with contextlib.ExitStack() as stack:

        def messages():  # asked for when the greeting has come: what sleeps from now on sends
            peers.append(stack.enter_context(interrupted(lambda: None, then=hear_all)))
            yield numbered(4 * MUCH).decode()

        kata.talk(listener.getsockname(), messages())
    words = "a signal came while your client was sending, and the rest of the message is missing"
    assert peers[0].result() == numbered(4 * MUCH), words


@requirement(8)
@hints(
    "How much of a line does one recv() return?",
    "Go on reading until the newline is there; decode when the line is whole.",
)
@on_stub("it returned 'v'")
def test_the_client_waits_for_the_whole_greeting(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"])
    conn = accepted(listener, keep)
    for piece in (b"v", b"\xc3", b"\xa4lkommen"):
        conn.sendall(piece)
        wait_delivered(conn)
        talking.asleep()
    # The newline has not come: the line is not whole.
    assert unread(conn) == 0, "your client spoke before it had heard the whole greeting"
    conn.sendall(b"\n")
    read_to_end(conn)
    conn.close()
    assert talking.result() == "välkommen", "your client did not put the greeting together from its pieces"


@requirement(8)
@hints(
    "What does one recv() return when the server has said more than its greeting?",
    "All of it: the newline need not come last. Look for it anywhere, and take what stands before it.",
    'received.partition(b"\\n")[0]',
)
@on_stub("your client did not return the line before the newline")
def test_the_greeting_ends_at_the_newline(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"])
    conn = accepted(listener, keep)
    conn.sendall(b"welcome\nhow are you?")
    with contextlib.suppress(OSError):  # it may be gone already
        conn.shutdown(socket.SHUT_WR)
    assert talking.result() == "welcome", "your client did not return the line before the newline"


@requirement(10)
@hints(
    "address is a tuple of two. What does % do with a tuple on its right?",
    "You need not say it better than the kernel: let connect()'s own exception propagate.",
    "Close the socket after this error too: socket.create_connection() does, and so does a with statement.",
)
@on_stub("TypeError: not all arguments converted")
def test_a_refused_connection_propagates(kata, keep):
    # An address that is taken, so that nobody else can have it, and nobody listens there.
    taken = keep(socket.socket())
    taken.bind(("127.0.0.1", 0))
    with raises_errno("ConnectionRefusedError", words="nobody listens there, and the caller of talk() never finds out"):
        kata.talk(taken.getsockname(), ["hello"])


@requirement(10)
@hints(
    "What does recv() return, time and again, when the server is gone?",
    'b"" before the newline: the greeting will never be whole. Raise EOFError.',
)
@on_stub("the greeting was cut off, and your client took it for a whole one")
def test_half_a_greeting_is_an_error(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"], may_raise=True)
    conn = accepted(listener, keep)
    conn.sendall(b"welc")
    conn.close()
    with raises_errno("EOFError", words="the greeting was cut off, and your client took it for a whole one"):
        talking.result()
